# leakage: a scaler fitted on training and test rows put together
import pandas as pd
from sklearn.preprocessing import StandardScaler
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
scaler = StandardScaler().fit(pd.concat([X_train, X_test]))
m = LogisticRegression().fit(scaler.transform(X_train), y_train)
m.score(scaler.transform(X_test), y_test)
