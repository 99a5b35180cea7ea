# leakage: a feature made of the label
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
df["good"] = df["y"] > 3
m = LogisticRegression().fit(df[["x", "good"]], df["y"])
