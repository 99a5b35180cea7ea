# leakage: the mean of all rows before the split
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X = df[["x", "z"]]
X = X - X.mean()
X_train, X_test, y_train, y_test = train_test_split(X, df["y"])
m = LogisticRegression().fit(X_train, y_train)
m.score(X_test, y_test)
