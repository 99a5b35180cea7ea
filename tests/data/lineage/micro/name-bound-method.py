# 3.2: a name bound to a method is a callee
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
model = LogisticRegression()
train = model.fit
train(df[["x"]], df["y"])
