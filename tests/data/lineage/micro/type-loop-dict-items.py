# 3.3: dict.items gives each value
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
df = pd.read_csv("a.csv")
zoo = {"lr": LogisticRegression(), "svc": SVC()}
for name, m in zoo.items():
    m.fit(df[["x"]], df["y"])
