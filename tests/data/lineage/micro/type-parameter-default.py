# 3.3: a default of a parameter
import pandas as pd
def load(path="a.csv"):
    return pd.read_csv(path)
load().to_csv("out.csv")
