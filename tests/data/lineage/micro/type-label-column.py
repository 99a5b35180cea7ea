# 3.3: a string subscript is one column, a list several
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
y = df["target"]
X = df[["age", "size"]]
m = LogisticRegression().fit(X, y)
