# 3.3: two slices that meet at one place are a split
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
cut = int(len(df) * 0.8)
early = df[:cut]
late = df[cut:]
m = LogisticRegression().fit(early[["x"]], early["y"])
m.score(late[["x"]], late["y"])
