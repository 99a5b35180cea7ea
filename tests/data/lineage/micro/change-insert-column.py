# 4.3: df.insert and df.update change the frame
import pandas as pd
df = pd.read_csv("a.csv")
df.insert(0, "v", pd.read_csv("b.csv")["v"])
df.update(pd.read_csv("c.csv"))
df.to_csv("out.csv")
