# 3.2: a second name of a local function is the same function
import pandas as pd
def load(path):
    return pd.read_csv(path)
get = load
get("a.csv").to_csv("out.csv")
