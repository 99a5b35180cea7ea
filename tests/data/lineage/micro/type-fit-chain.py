# 3.3: a constructor and fit in one chain give the fitted model
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
m = LogisticRegression(C=2).fit(df[["x", "z"]], df["y"])
