# leakage: tuned again after the test was seen
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
one = LogisticRegression(C=1).fit(X_train, y_train)
print(one.score(X_test, y_test))
two = LogisticRegression(C=5).fit(X_train, y_train)
print(two.score(X_test, y_test))
