# 4.3: list.append, extend and insert
import pandas as pd
parts = []
parts.append(pd.read_csv("a.csv"))
parts.extend([pd.read_csv("b.csv")])
parts.insert(0, pd.read_csv("c.csv"))
pd.concat(parts).to_csv("out.csv")
