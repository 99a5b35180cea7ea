# 4.3: without inplace nothing changes
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", usecols=["x", "z", "y"])
df.drop(columns=["z"])
m = LogisticRegression().fit(df.drop(columns="y"), df["y"])
