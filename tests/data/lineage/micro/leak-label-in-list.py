# leakage: the label is named among the features
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
features = ["x", "z", "y"]
m = LogisticRegression().fit(df[features], df["y"])
