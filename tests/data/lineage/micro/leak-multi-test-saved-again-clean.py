# clean: a model that is read back, saved again under another name and read back is one model
import pickle
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
train, test = train_test_split(rows)
model = Ridge().fit(train[["x"]], train["y"])
pickle.dump(model, open("a.pkl", "wb"))
again = pickle.load(open("a.pkl", "rb"))
print(again.score(test[["x"]], test["y"]))
pickle.dump(again, open("b.pkl", "wb"))
third = pickle.load(open("b.pkl", "rb"))
print(third.score(test[["x"]], test["y"]))
