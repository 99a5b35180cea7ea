# columns: loc and iloc choose by name and by position
import pandas as pd
from sklearn.linear_model import Ridge
wanted = ["a", "b"]
df = pd.read_csv("a.csv", names=["a", "b", "c", "y"])
Ridge().fit(df.loc[:, wanted], df.iloc[:, -1])
