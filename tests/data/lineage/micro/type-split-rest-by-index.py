# the rest of what was drawn, by its index
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
test = df.sample(frac=0.2)
train = df[~df.index.isin(test.index)]
LogisticRegression().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
