# leakage, clean twin: features chosen with the training labels
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.feature_selection import SelectKBest
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df.drop(columns="y"), df["y"])
pick = SelectKBest(k=2).fit(X_train, y_train)
m = LogisticRegression().fit(pick.transform(X_train), y_train)
m.score(pick.transform(X_test), y_test)
