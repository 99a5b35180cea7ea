# 3.3: a validation set does not train
import pandas as pd
import lightgbm as lgb
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
d = lgb.Dataset(a[["x"]], label=a["y"])
v = lgb.Dataset(b[["x"]], label=b["y"])
booster = lgb.train({}, d, valid_sets=[v])
