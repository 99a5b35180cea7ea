# 4.3: dict(x) cuts
import pandas as pd
box = {"one": pd.read_csv("a.csv")}
other = dict(box)
other["two"] = pd.read_csv("b.csv")
pd.concat(box.values()).to_csv("out.csv")
