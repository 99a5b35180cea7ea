# 3.2: map binds the parameter to the elements
import pandas as pd
def load(path):
    return pd.read_csv(path)
parts = list(map(load, ["a.csv", "b.csv"]))
pd.concat(parts).to_csv("out.csv")
