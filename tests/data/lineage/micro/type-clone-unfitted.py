# 3.3: cross_val_score trains copies, the model stays unfitted
import pandas as pd
from sklearn.linear_model import LogisticRegression
import joblib
from sklearn.model_selection import cross_val_score
df = pd.read_csv("a.csv")
m = LogisticRegression()
cross_val_score(m, df[["x"]], df["y"])
joblib.dump(m, "m.joblib")
