# 3.2: an import between two uses changes only the later one
import pandas as pd
from sklearn.linear_model import Lasso as Model
df = pd.read_csv("a.csv")
a = Model()
from sklearn.linear_model import Ridge as Model
b = Model()
a.fit(df[["x"]], df["y"])
b.fit(df[["x"]], df["y"])
