import joblib
import pandas as pd
m = joblib.load("m.joblib")
new = pd.read_csv("new.csv")
new["p"] = m.predict(new[["x"]])
new.to_csv("scored.csv")
