# 4.3: a function that returns its argument gives the same object
import pandas as pd
def same(frame):
    return frame
df = pd.read_csv("a.csv")
same(df)["more"] = pd.read_csv("b.csv")["v"]
df.to_csv("out.csv")
