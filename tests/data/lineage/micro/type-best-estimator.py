# 3.3: best_estimator_ is fitted
import pandas as pd
from sklearn.linear_model import LogisticRegression
import joblib
from sklearn.model_selection import GridSearchCV
df = pd.read_csv("a.csv")
grid = GridSearchCV(LogisticRegression(), {"C": [1, 2]})
grid.fit(df[["x"]], df["y"])
joblib.dump(grid.best_estimator_, "m.joblib")
