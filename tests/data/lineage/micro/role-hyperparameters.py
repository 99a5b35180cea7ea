# roles: positional and named settings
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
df = pd.read_csv("a.csv")
m = RandomForestClassifier(50, max_depth=3)
m.fit(df[["x"]], df["y"])
