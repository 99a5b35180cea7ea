# roles: rows that were written and are read back are the same rows
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
data = pd.read_csv("a.csv")
one, two = train_test_split(data)
one.to_csv("one.csv")
two.to_csv("two.csv")
again = pd.read_csv("one.csv")
other = pd.read_csv("two.csv")
m = LogisticRegression()
m.fit(again[["x"]], again["y"])
print(m.score(other[["x"]], other["y"]))
