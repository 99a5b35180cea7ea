# leakage, clean twin: fillna with a constant
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
df["x"] = df["x"].fillna(0)
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
m = LogisticRegression().fit(X_train, y_train)
m.score(X_test, y_test)
