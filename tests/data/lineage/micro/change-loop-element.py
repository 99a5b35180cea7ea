# 4.3: for e in xs: e.append(..) changes the elements
import pandas as pd
lists = [[], []]
for entry in lists:
    entry.append(pd.read_csv("a.csv"))
pd.concat(lists[0]).to_csv("out.csv")
