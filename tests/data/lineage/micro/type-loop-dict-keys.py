# 3.3: models in a dictionary, one for each key that a loop goes through
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
rows = pd.read_csv("a.csv")
models = {"lr": LogisticRegression(C=2), "svc": SVC()}
for name in models:
    models[name].fit(rows[["x"]], rows["y"])
others = dict(tree=SVC(C=3), line=LogisticRegression())
for i, name in enumerate(others):
    others[name].fit(rows[["x"]], rows["y"])
