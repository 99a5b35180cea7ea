# 4.3: x[k] = v does not change v
import pandas as pd
df = pd.read_csv("a.csv")
other = pd.read_csv("b.csv")
df["more"] = other["v"]
other.to_csv("out.csv")
