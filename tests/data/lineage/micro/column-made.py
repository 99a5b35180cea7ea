# columns: one that the code makes counts
import pandas as pd
from sklearn.linear_model import Ridge
df = pd.read_csv("a.csv", usecols=["a", "b", "y"])
df["rate"] = df["a"] / df["b"]
Ridge().fit(df.drop(columns=["y", "a"]), df["y"])
