# 4.3: x.a = v changes the base
import pandas as pd
df = pd.read_csv("a.csv")
df.columns = pd.read_csv("b.csv")["name"]
df.to_csv("out.csv")
