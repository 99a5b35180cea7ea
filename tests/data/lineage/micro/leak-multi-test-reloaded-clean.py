# clean: a model that is saved and read back is one model
import pickle
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
train, test = train_test_split(rows)
model = Ridge().fit(train[["x"]], train["y"])
print(model.score(test[["x"]], test["y"]))
with open("model.pkl", "wb") as out:
    pickle.dump(model, out)
with open("model.pkl", "rb") as file:
    again = pickle.load(file)
print(again.score(test[["x"]], test["y"]))
