# columns: a label that is named beside the data
import lightgbm as lgb
import pandas as pd
from autogluon.tabular import TabularPredictor
df = pd.read_csv("a.csv", usecols=["a", "b", "y"])
p = TabularPredictor(label="y").fit(df)
m = lgb.train({}, lgb.Dataset(df[["a"]], label=df["y"]))
