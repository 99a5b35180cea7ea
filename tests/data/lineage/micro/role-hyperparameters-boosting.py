# roles: settings in the dictionary that a function which trains is given
import lightgbm as lgb
import pandas as pd
import xgboost as xgb
df = pd.read_csv("a.csv")
params = {"max_depth": 3, "eta": 0.1}
a = xgb.train(params, xgb.DMatrix(df[["x"]], df["y"]), 50)
b = lgb.train({"objective": "binary"}, lgb.Dataset(df[["x"]], df["y"]), num_boost_round=20)
