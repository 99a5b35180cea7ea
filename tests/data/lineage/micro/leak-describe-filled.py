# leak: statistics of all rows fill their gaps in place, from a table of them
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
rows.fillna(rows.describe().loc["mean"], inplace=True)
train, test = train_test_split(rows)
model = Ridge()
model.fit(train[["x"]], train["y"])
print(model.score(test[["x"]], test["y"]))
