import mlflow
m = mlflow.onnx.load_model('models:/churn/3')
