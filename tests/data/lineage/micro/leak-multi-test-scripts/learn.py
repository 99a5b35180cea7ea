import pickle
import pandas as pd
from sklearn.linear_model import Lasso, Ridge
train = pd.read_csv("train.csv")
model = Ridge().fit(train[["x"]], train["y"])
pickle.dump(model, open("a.pkl", "wb"))
other = Lasso().fit(train[["x"]], train["y"])
pickle.dump(other, open("b.pkl", "wb"))
