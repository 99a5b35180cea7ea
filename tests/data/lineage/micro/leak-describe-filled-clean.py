# clean: statistics of the rows for training fill the gaps of both parts, and a table of all is only shown
import pandas as pd
from lab.pages import page
from sklearn.linear_model import Ridge
from sklearn.model_selection import train_test_split
rows = pd.read_csv("a.csv")
page.table(rows.describe().loc["mean"])
train, test = train_test_split(rows)
test.fillna(train.describe().loc["mean"], inplace=True)
train.fillna(train.describe().loc["mean"], inplace=True)
model = Ridge().fit(train[["x"]], train["y"])
print(model.score(test[["x"]], test["y"]))
