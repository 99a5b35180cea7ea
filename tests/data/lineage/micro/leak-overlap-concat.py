# leakage: test rows are put back into the training rows
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train, test = train_test_split(df)
train = pd.concat([train, test.head(10)])
m = LogisticRegression().fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
