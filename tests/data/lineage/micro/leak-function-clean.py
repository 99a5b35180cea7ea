# leakage, clean twin: the function is given the training rows
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
def prepare(frame):
    scaler = StandardScaler().fit(frame)
    return scaler, scaler.transform(frame)
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
scaler, ready = prepare(X_train)
m = LogisticRegression().fit(ready, y_train)
m.score(scaler.transform(X_test), y_test)
