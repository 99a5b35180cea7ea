# leakage, clean twin: the mean of the training rows
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x", "z"]], df["y"])
mean = X_train.mean()
m = LogisticRegression().fit(X_train - mean, y_train)
m.score(X_test - mean, y_test)
