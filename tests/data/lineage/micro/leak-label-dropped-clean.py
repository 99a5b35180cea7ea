# leakage, clean twin: the label was taken out of the frame that it is a column of
import pandas as pd
from sklearn.linear_model import LogisticRegression
one = pd.read_csv("a.csv")
y = one["y"]
one.drop("y", axis=1, inplace=True)
LogisticRegression().fit(one, y)
two = pd.read_csv("b.csv")
y = two["y"]
del two["y"]
LogisticRegression().fit(two, y)
three = pd.read_csv("c.csv")
y = three.pop("y")
LogisticRegression().fit(three, y)
