import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_score
from sklearn.preprocessing import StandardScaler

frame = pd.read_csv("a.csv")
x = frame[["age", "income"]]
y = frame["bought"]
print(f"{y[y > 0].sum() / y.count():.1%}")
print("mean", x.mean())
scaled = StandardScaler().fit_transform(x)
print(cross_val_score(LogisticRegression(), scaled, y, cv=3))
