# leakage, clean twin: a label made of a column that is no feature
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
df["good"] = df["grade"] > 3
m = LogisticRegression().fit(df[["x"]], df["good"])
