# 3.4: dump(obj, f) belongs to the path of f
import pickle
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
m = LogisticRegression().fit(df[["x"]], df["y"])
f = open("m.pkl", "wb")
pickle.dump(m, f)
f.close()
