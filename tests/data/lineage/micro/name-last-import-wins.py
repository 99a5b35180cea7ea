# 3.2: of two imports of one name the last before the use counts
import pandas as pd
from sklearn.linear_model import Lasso as Model
from sklearn.linear_model import Ridge as Model
df = pd.read_csv("a.csv")
m = Model()
m.fit(df[["x"]], df["y"])
