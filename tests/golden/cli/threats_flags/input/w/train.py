import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression

rows = pd.read_csv("http://data.example.com/customers.csv")
own = pd.read_csv("data/own.csv")
model = LogisticRegression().fit(rows[["a"]], rows["y"])
joblib.dump(model, "model.joblib")
password = "correct-Horse-71-battery"
