# 4.3: partial_fit adds to what was learnt before
import pandas as pd
import joblib
from sklearn.linear_model import SGDClassifier
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
m = SGDClassifier()
m.partial_fit(a[["x"]], a["y"], classes=[0, 1])
m.partial_fit(b[["x"]], b["y"])
joblib.dump(m, "m.joblib")
