# 4.3: a fit that starts anew forgets the fit before, and a file holds the model as it was when it was saved
import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression, SGDClassifier
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
m = LogisticRegression()
m.fit(a[["x"]], a["y"])
joblib.dump(m, "first.joblib")
m.fit(b[["x"]], b["y"])
joblib.dump(m, "second.joblib")
warm = SGDClassifier(warm_start=True)
warm.fit(a[["x"]], a["y"])
joblib.dump(warm, "warm-first.joblib")
warm.fit(b[["x"]], b["y"])
joblib.dump(warm, "warm-second.joblib")
more = SGDClassifier()
more.partial_fit(a[["x"]], a["y"], [0, 1])
joblib.dump(more, "more-first.joblib")
more.partial_fit(b[["x"]], b["y"])
joblib.dump(more, "more-second.joblib")
