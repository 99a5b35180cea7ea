# roles: the folder of a file says what it is for
import pandas as pd
from sklearn.linear_model import LogisticRegression
a = pd.read_csv("data/train/rows.csv")
b = pd.read_csv("data/test/rows.csv")
m = LogisticRegression()
m.fit(a[["x"]], a["y"])
print(m.score(b[["x"]], b["y"]))
