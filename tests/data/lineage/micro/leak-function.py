# leakage: the scaler stands in a function that is given all rows
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
def prepare(frame):
    return StandardScaler().fit_transform(frame[["x"]]), frame["y"]
X, y = prepare(pd.read_csv("a.csv"))
X_train, X_test, y_train, y_test = train_test_split(X, y)
m = LogisticRegression().fit(X_train, y_train)
m.score(X_test, y_test)
