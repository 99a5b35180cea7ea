# 3.3: fit of scikit-learn returns the object itself
import pandas as pd
from sklearn.linear_model import LogisticRegression
import joblib
df = pd.read_csv("a.csv")
m = LogisticRegression()
same = m.fit(df[["x"]], df["y"])
joblib.dump(m, "one.joblib")
joblib.dump(same, "two.joblib")
