# 3.3: drop leaves all but the label
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", usecols=["age", "size", "target"])
m = LogisticRegression().fit(df.drop(columns=["target"]), df["target"])
