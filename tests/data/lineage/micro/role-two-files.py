# roles: two files by name, no split
import pandas as pd
from sklearn.linear_model import LogisticRegression
train = pd.read_csv("train.csv")
test = pd.read_csv("test.csv")
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
