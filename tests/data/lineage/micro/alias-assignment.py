# 4.3: an assignment is a second name
import pandas as pd
df = pd.read_csv("a.csv")
same = df
same["more"] = pd.read_csv("b.csv")["v"]
df.to_csv("out.csv")
