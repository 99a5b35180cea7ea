# clean: a table of statistics that is only shown
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
rows.describe()
print(rows.describe().T)
train, test = train_test_split(rows)
model = Ridge()
model.fit(train[["x"]], train["y"])
print(model.score(test[["x"]], test["y"]))
