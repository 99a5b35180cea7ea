# 3.3: a function that calls itself ends
import pandas as pd
def load(names):
    if not names:
        return pd.DataFrame()
    return pd.concat([pd.read_csv(names[0]), load(names[1:])])
load(["a.csv"]).to_csv("out.csv")
