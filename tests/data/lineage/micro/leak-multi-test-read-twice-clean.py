# clean: a model that is read twice from a file which nobody here writes is one model
import joblib
import pandas as pd
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
train, test = train_test_split(rows)
model = joblib.load("a.joblib")
print(model.score(test[["x"]], test["y"]))
again = joblib.load("a.joblib")
print(again.score(test[["x"]], test["y"]))
