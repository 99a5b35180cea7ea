# leakage: rows doubled before the split stand on both sides
import pandas as pd
from sklearn.model_selection import train_test_split
from sklearn.linear_model import LogisticRegression
from imblearn.over_sampling import RandomOverSampler
df = pd.read_csv("a.csv")
X, y = RandomOverSampler().fit_resample(df[["x"]], df["y"])
X_train, X_test, y_train, y_test = train_test_split(X, y)
m = LogisticRegression().fit(X_train, y_train)
m.score(X_test, y_test)
