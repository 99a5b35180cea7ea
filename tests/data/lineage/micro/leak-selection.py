# leakage: features chosen with all labels
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.feature_selection import SelectKBest
df = pd.read_csv("a.csv")
y = df["y"]
X = SelectKBest(k=2).fit_transform(df.drop(columns="y"), y)
X_train, X_test, y_train, y_test = train_test_split(X, y)
m = LogisticRegression().fit(X_train, y_train)
m.score(X_test, y_test)
