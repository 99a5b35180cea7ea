# a helper that is called with two things does not mix them in an unknown call
import pandas as pd
import weirdio
from sklearn.linear_model import LogisticRegression
def clean(rows):
    return weirdio.scrub(rows)
train = clean(pd.read_csv("train.csv"))
test = clean(pd.read_csv("test.csv"))
m = LogisticRegression().fit(train[["x"]], train["y"])
print(m.score(test[["x"]], test["y"]))
