# leakage, clean twin: a feature made of the label of rows before
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
df["last"] = df["y"].shift(1)
m = LogisticRegression().fit(df[["x", "last"]], df["y"])
