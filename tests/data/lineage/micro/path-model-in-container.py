import pickle

import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler


class Bundle:
    def __init__(self, model):
        self.model = model


data = pd.read_csv("train.csv")
scaler = StandardScaler().fit(data[["x"]])
model = LogisticRegression().fit(scaler.transform(data[["x"]]), data["y"])
joblib.dump({"model": model, "columns": ["x"]}, "dict.joblib")
joblib.dump((model, 3), "tuple.joblib")
joblib.dump([scaler, {"inner": [model]}], "list.joblib")
kept = {}
kept["model"] = model
with open("item.pkl", "wb") as file:
    pickle.dump(kept, file)
joblib.dump(Bundle(model), "own.joblib")
joblib.dump({"columns": ["x"], "threshold": 0.5}, "none.joblib")
