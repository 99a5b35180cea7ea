# roles: fitted on all rows without a split
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
m = LogisticRegression().fit(df[["x"]], df["y"])
m.score(df[["x"]], df["y"])
