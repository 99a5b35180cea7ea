# 4.3: a function that changes its argument
import pandas as pd
def widen(frame):
    frame["more"] = pd.read_csv("b.csv")["v"]
df = pd.read_csv("a.csv")
widen(df)
df.to_csv("out.csv")
