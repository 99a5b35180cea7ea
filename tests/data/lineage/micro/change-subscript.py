# 4.3: x[k] = v changes the base
import pandas as pd
df = pd.read_csv("a.csv")
other = pd.read_csv("b.csv")
df["more"] = other["v"]
df.to_csv("out.csv")
