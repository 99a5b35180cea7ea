# 4.4: a parenthesised chain over many lines
import pandas as pd
df = (
    pd.read_csv("a.csv")
    .dropna()
    .assign(z=lambda d: d["x"] * 2)
)
(
    df
    .to_csv("out.csv")
)
