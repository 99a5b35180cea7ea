# roles: rows that conditions choose, for what their names say
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train = df[df["year"] < 2000]
test = df[df["year"] >= 2000].reset_index()
m = LogisticRegression()
m.fit(train[["x"]], train["y"])
print(m.score(test[["x"]], test["y"]))
