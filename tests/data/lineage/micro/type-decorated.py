# 3.3: a decorated function is still that function
import functools
import pandas as pd
@functools.lru_cache
def load(path):
    return pd.read_csv(path)
load("a.csv").to_csv("out.csv")
