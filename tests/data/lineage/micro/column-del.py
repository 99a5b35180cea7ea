# columns: del takes one out
import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_csv("a.csv", usecols=["a", "b", "y"])
y = df["y"].values
del df["y"]
Ridge().fit(df, y.reshape(-1))
