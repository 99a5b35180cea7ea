# 3.3: a loop over estimators is one training for each
import pandas as pd
from sklearn.linear_model import LogisticRegression
from sklearn.svm import SVC
df = pd.read_csv("a.csv")
for m in [LogisticRegression(), SVC()]:
    m.fit(df[["x"]], df["y"])
