# 4.3: copy cuts
import pandas as pd
df = pd.read_csv("a.csv")
other = df.copy()
other["more"] = pd.read_csv("b.csv")["v"]
df.to_csv("out.csv")
