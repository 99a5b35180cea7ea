# leakage, clean twin: a change of each row alone before the split is none
import pandas as pd
import numpy as np
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
df["x"] = np.log1p(df["x"])
df = df.dropna()
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
m = LogisticRegression().fit(X_train, y_train)
m.score(X_test, y_test)
