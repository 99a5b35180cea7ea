# hazard, clean twin: a frame stays a frame
import pandas as pd
df = pd.read_csv("a.csv")
df = df.dropna()
df = df[["x"]]
df.to_csv("out.csv")
