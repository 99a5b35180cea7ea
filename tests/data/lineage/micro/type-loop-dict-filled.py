# 3.3: a dictionary that is filled by keys, sorted; searches over pairs of models and what they try
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV
from sklearn.svm import SVC
rows = pd.read_csv("a.csv")
models = {}
models["one"] = SVC(C=9)
models["two"] = LogisticRegression(C=8)
for name in sorted(models):
    models[name].fit(rows[["x"]], rows["y"])
pairs = {"svc": (SVC(), {"C": [1, 2]}), "lr": (LogisticRegression(), {"C": [3]})}
for name, (estimator, grid) in pairs.items():
    search = GridSearchCV(estimator, grid)
    search.fit(rows[["x"]], rows["y"])
