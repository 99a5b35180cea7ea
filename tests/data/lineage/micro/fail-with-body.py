# 4.4: the body of a with statement counts
import pandas as pd
with open("a.csv") as f:
    df = pd.read_csv(f)
    df.to_csv("out.csv")
