# clean: what is written behind other rows, or twice, is not all that is read back
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
data = pd.read_csv("a.csv")
train, test = train_test_split(data)
train.to_csv("b.csv")
test.to_csv("b.csv", mode="a")
again = pd.read_csv("b.csv")
m = LogisticRegression()
m.fit(again[["x"]][:100], again["y"][:100])
print(m.score(test[["x"]], test["y"]))
with open("c.csv", "a") as out:
    test.to_csv(out)
rows = pd.read_csv("c.csv")
n = LogisticRegression()
n.fit(rows[["x"]][:100], rows["y"][:100])
print(n.score(test[["x"]], test["y"]))
