# 3.3: a tuple's elements stay apart
import pandas as pd
def both():
    return pd.read_csv("a.csv"), pd.read_csv("b.csv")
one, two = both()
two.to_csv("out.csv")
