# roles: rows that stand in the code are what a model is asked about, unless it has learnt them
import pandas as pd
from sklearn.linear_model import Ridge
rows = pd.read_csv("a.csv")
model = Ridge().fit(rows[["x"]], rows["y"])
model.predict(pd.DataFrame(dict(x=[1.5])))
small = pd.DataFrame({"x": [1, 2, 3], "y": [2, 4, 6]})
other = Ridge().fit(small[["x"]], small["y"])
other.predict(small[["x"]])
