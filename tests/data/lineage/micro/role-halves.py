# roles: both halves of a cut are a split, the second one too
import pandas as pd
df = pd.read_csv("a.csv")
cut = int(len(df) * 0.8)
train = df[:cut]
test = df[cut:]
