import pickle
import pandas as pd
from sklearn.linear_model import Ridge
train = pd.read_csv("train.csv")
model = Ridge().fit(train[["x"]], train["y"])
pickle.dump(model, open("a.pkl", "wb"))
