# leakage, clean twin: one order, the order of a seed, and parts that are shuffled again
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
df = df.sample(frac=1)
train = df[:80].sample(frac=1)
test = df[80:].sample(frac=1)
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
X, y = df[["x"]], df["y"]
X = X.sample(frac=1, random_state=7)
y = y.sample(frac=1, random_state=7)
k = LogisticRegression().fit(X[:80], y[:80])
X_test, y_test = X[80:], y[80:]
k.score(X_test, y_test)
