# 3.3: a run's context is no data
import mlflow
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
with mlflow.start_run() as run:
    m = LogisticRegression()
    m.fit(df[["x"]], df["y"])
