# roles: fitted on the training part, scored on the test part
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
m = LogisticRegression().fit(X_train, y_train)
accuracy_score(y_test, m.predict(X_test))
