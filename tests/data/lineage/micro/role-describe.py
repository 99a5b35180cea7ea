# roles: what is computed with a table of statistics knows the rows of it, and is about others
import pandas as pd
from sklearn.linear_model import Ridge
rows = pd.read_csv("a.csv")
train = rows.sample(frac=0.8, random_state=0)
test = rows.drop(train.index)
told = train.describe().transpose()
model = Ridge()
model.fit((train[["x"]] - told["mean"]) / told["std"], train["y"])
model.score((test[["x"]] - told["mean"]) / told["std"], test["y"])
