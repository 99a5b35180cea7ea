# the first rows and the last ones
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train = df.head(800)
test = df.tail(200)
LogisticRegression().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
