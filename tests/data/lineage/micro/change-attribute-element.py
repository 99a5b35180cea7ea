# 4.4: df.x[0] = v changes the frame
import pandas as pd
df = pd.read_csv("a.csv")
df.x[0] = pd.read_csv("b.csv")["v"].max()
df.to_csv("out.csv")
