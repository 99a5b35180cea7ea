# 4.3: a name bound anew forgets
import pandas as pd
df = pd.read_csv("a.csv")
df = pd.read_csv("b.csv")
df.to_csv("out.csv")
