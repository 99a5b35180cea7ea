# 4.3: df['a'].fillna(.., inplace=True) changes df
import pandas as pd
df = pd.read_csv("a.csv")
fill = pd.read_csv("b.csv")
df["x"].fillna(fill["v"], inplace=True)
df.to_csv("out.csv")
