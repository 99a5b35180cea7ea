import joblib
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
joblib.dump(LogisticRegression().fit(df[["x"]], df["y"]), "m.joblib")
