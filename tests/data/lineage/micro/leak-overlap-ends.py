# leakage: slices counted from the end
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train = df[:-100]
test = df[-150:]
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
