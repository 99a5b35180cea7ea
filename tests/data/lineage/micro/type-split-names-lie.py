# 3.3: positions decide, not names
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
test, train = train_test_split(df)
m = LogisticRegression()
m.fit(train[["x"]], train["y"])
m.score(test[["x"]], test["y"])
