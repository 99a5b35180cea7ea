# 4.3: fit changes the model it is called on
import pandas as pd
from sklearn.linear_model import LogisticRegression
import joblib
df = pd.read_csv("a.csv")
m = LogisticRegression()
joblib.dump(m, "before.joblib")
m.fit(df[["x"]], df["y"])
joblib.dump(m, "after.joblib")
