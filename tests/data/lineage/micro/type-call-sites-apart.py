# 3.3: what one call gives does not reach the other
import pandas as pd
def clean(frame):
    frame = frame.dropna()
    return frame
a = clean(pd.read_csv("a.csv"))
b = clean(pd.read_csv("b.csv"))
a.to_csv("out.csv")
