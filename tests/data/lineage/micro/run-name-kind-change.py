# hazard: a name changes what it is
import pandas as pd
from sklearn.linear_model import LogisticRegression
model = pd.read_csv("a.csv")
model = LogisticRegression().fit(model[["x"]], model["y"])
