# 4.3: dict.update and setdefault
import pandas as pd
box = {}
box.update(one=pd.read_csv("a.csv"))
box.setdefault("two", pd.read_csv("b.csv"))
pd.concat(box.values()).to_csv("out.csv")
