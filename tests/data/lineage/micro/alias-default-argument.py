# 4.3: a mutable default lives on
import pandas as pd
def keep(frame, store=[]):
    store.append(frame)
    return store
keep(pd.read_csv("a.csv"))
pd.concat(keep(pd.read_csv("b.csv"))).to_csv("out.csv")
