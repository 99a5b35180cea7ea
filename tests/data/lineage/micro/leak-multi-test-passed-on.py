# leak: two models that are passed on from file to file stay two
import joblib
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
train, test = train_test_split(rows)
model = Ridge().fit(train[["x"]], train["y"])
joblib.dump(model, "a.joblib")
other = Ridge(alpha=2).fit(train[["x"]], train["y"])
joblib.dump(other, "b.joblib")
again = joblib.load("a.joblib")
joblib.dump(again, "c.joblib")
last = joblib.load("c.joblib")
print(last.score(test[["x"]], test["y"]))
more = joblib.load("b.joblib")
print(more.score(test[["x"]], test["y"]))
