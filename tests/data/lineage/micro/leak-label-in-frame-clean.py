# leakage, clean twin: the label was dropped
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
m = LogisticRegression().fit(df.drop(columns=["y"]), df["y"])
