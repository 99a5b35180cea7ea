# 4.3: each round of a loop fits the same object anew, and saves it
import joblib
import pandas as pd
from sklearn.svm import SVC
m = SVC()
for name in ["north", "south"]:
    rows = pd.read_csv(name + ".csv")
    m.fit(rows[["x"]], rows["y"])
    joblib.dump(m, name + ".joblib")
