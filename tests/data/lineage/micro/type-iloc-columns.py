# 3.3: positions through iloc are columns when their names are known
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv", names=["age", "size", "target"])
X = df.iloc[:, :-1]
y = df.iloc[:, -1]
m = LogisticRegression().fit(X, y)
