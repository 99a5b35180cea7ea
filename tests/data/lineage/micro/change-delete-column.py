# 4.3: del x[k] changes the base
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", usecols=["x", "z", "y"])
del df["z"]
m = LogisticRegression().fit(df.drop(columns="y"), df["y"])
