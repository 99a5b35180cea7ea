# 3.3: a split of the test part makes validation or test
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train, rest = train_test_split(df, test_size=0.4)
valid, test = train_test_split(rest, test_size=0.5)
m = LogisticRegression()
m.fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
