# 3.3: * of a literal list
import pandas as pd
def join(one, two):
    return pd.concat([one, two])
parts = [pd.read_csv("a.csv"), pd.read_csv("b.csv")]
join(*parts).to_csv("out.csv")
