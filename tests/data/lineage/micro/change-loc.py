# 4.3: df.loc[...] = v changes the frame
import pandas as pd
df = pd.read_csv("a.csv")
df.loc[df["x"] > 1, "z"] = pd.read_csv("b.csv")["v"]
df.to_csv("out.csv")
