# leakage: two slices that overlap
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train = df[:80]
test = df[60:]
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
