# 3.3: a boolean subscript filters rows and keeps the frame
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
some = df[df["age"] > 3]
m = LogisticRegression().fit(some[["age"]], some["y"])
