# 4.3: del of a name ends it
import pandas as pd
df = pd.read_csv("a.csv")
del df
df = pd.read_csv("b.csv")
df.to_csv("out.csv")
