# 3.3: a search trains, its final estimator is named
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
df = pd.read_csv("a.csv")
grid = GridSearchCV(LogisticRegression(), {"C": [1, 2]})
grid.fit(df[["x"]], df["y"])
