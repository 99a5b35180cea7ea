# leakage, clean twin: a setting is chosen on a validation part
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X_rest, X_test, y_rest, y_test = train_test_split(df[["x"]], df["y"])
X_train, X_valid, y_train, y_valid = train_test_split(X_rest, y_rest)
best = None
for c in [0.1, 1, 10]:
    m = LogisticRegression(C=c).fit(X_train, y_train)
    score = m.score(X_valid, y_valid)
    if best is None or score > best[0]:
        best = (score, m)
print(best[1].score(X_test, y_test))
