import mlflow
import mlflow.sklearn
import pandas as pd
from sklearn.svm import SVC
d = pd.read_csv("x.csv")
m = SVC().fit(d[["x"]], d["y"])
mlflow.sklearn.log_model(m, "model", registered_model_name="irism")
