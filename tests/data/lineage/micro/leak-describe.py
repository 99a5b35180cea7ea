# leak: statistics of all rows, from a table of them
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
told = rows.describe()
scaled = (rows - told.loc["mean"]) / told.loc["std"]
train, test = train_test_split(scaled)
model = Ridge()
model.fit(train[["x"]], train["y"])
print(model.score(test[["x"]], test["y"]))
