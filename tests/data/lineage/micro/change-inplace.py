# 4.3: inplace=True changes the frame
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", usecols=["x", "z", "y"])
df.drop(columns=["z"], inplace=True)
m = LogisticRegression().fit(df.drop(columns="y"), df["y"])
