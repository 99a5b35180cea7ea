# 3.3: enumerate's second is the element
import pandas as pd
parts = []
for number, name in enumerate(["a.csv", "b.csv"]):
    parts.append(pd.read_csv(name))
pd.concat(parts).to_csv("out.csv")
