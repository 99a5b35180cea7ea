# 3.3: a DMatrix carries data and label
import pandas as pd
import xgboost as xgb
df = pd.read_csv("a.csv")
d = xgb.DMatrix(df[["x"]], label=df["y"])
booster = xgb.train({"eta": 1}, d, 10)
booster.save_model("b.json")
