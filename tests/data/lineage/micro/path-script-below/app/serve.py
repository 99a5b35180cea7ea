import joblib
import pandas as pd

model = joblib.load("models/svc.joblib")
pd.read_csv("data/rows.csv").to_csv("out/served.csv")
