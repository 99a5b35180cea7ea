# rows by conditions, two at once
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
train, test = df[df["part"] == 1], df[df["part"] == 0]
LogisticRegression().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
