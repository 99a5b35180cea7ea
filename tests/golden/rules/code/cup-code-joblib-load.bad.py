import joblib
model = joblib.load('model.joblib')  # expect: CUP-CODE-JOBLIB-LOAD
