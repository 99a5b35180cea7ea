import mlflow
m = mlflow.pyfunc.load_model('models:/churn/Production')  # expect: CUP-CODE-MLFLOW-LOAD
