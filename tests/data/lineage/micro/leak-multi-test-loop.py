# leakage: a setting is chosen by the score on the test part
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
X_train, X_test, y_train, y_test = train_test_split(df[["x"]], df["y"])
best = None
for c in [0.1, 1, 10]:
    m = LogisticRegression(C=c).fit(X_train, y_train)
    score = m.score(X_test, y_test)
    if best is None or score > best[0]:
        best = (score, c)
print(best)
