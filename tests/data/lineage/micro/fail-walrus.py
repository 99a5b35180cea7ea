# 4.4: a walrus binds once
import pandas as pd
if (df := pd.read_csv("a.csv")) is not None:
    df.to_csv("out.csv")
