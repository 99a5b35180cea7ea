# roles: a clustering has no label
import pandas as pd
from sklearn.cluster import KMeans
df = pd.read_csv("a.csv")
k = KMeans(3)
k.fit(df[["x", "z"]])
