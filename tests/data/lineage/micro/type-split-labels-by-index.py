# labels by the index of the rows that were drawn
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X, y = df[["a"]], df["y"]
X_train = X.sample(frac=0.7)
y_train = y[X_train.index]
X_test = X.drop(X_train.index)
y_test = y.drop(y_train.index)
LogisticRegression().fit(X_train, y_train).score(X_test, y_test)
