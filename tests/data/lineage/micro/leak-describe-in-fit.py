# leak: statistics of all rows, from a table of them, in what a model is fitted on by folds, or that is changed in place
import pandas as pd
from sklearn.linear_model import Ridge
from sklearn.model_selection import cross_val_score, train_test_split
rows = pd.read_csv("a.csv")
print(cross_val_score(Ridge(), rows - rows.describe().loc["mean"], rows["y"]))
more = pd.read_csv("b.csv")
more -= more.describe().loc["mean"]
train, test = train_test_split(more)
model = Ridge().fit(train[["x"]], train["y"])
print(model.score(test[["x"]], test["y"]))
