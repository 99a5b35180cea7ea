# clean: a model that is only passed on from file to file is the one that was trained
import joblib
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
train, test = train_test_split(rows)
model = Ridge().fit(train[["x"]], train["y"])
print(model.score(test[["x"]], test["y"]))
joblib.dump(model, "a.joblib")
again = joblib.load("a.joblib")
joblib.dump(again, "b.joblib")
same = joblib.load("b.joblib")
joblib.dump(same, "c.joblib")
last = joblib.load("c.joblib")
print(last.score(test[["x"]], test["y"]))
