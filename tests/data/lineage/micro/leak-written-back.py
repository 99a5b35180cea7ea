# leak: all rows were written, read back and learnt from, some of them are measured on
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
data = pd.read_csv("a.csv")
one, two = train_test_split(data)
data.to_csv("all.csv")
again = pd.read_csv("all.csv")
m = LogisticRegression()
m.fit(again[["x"]], again["y"])
print(m.score(two[["x"]], two["y"]))
