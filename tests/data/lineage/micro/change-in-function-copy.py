# 4.3: a function that changes a copy
import pandas as pd
def widen(frame):
    frame = frame.copy()
    frame["more"] = pd.read_csv("b.csv")["v"]
    return frame
df = pd.read_csv("a.csv")
wide = widen(df)
df.to_csv("out.csv")
