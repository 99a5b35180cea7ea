# 4.3: df.values shares the memory
import pandas as pd
df = pd.DataFrame({"x": [1.0, 2.0]})
df.values[0] = pd.read_csv("a.csv")["v"].sum()
df.to_csv("out.csv")
