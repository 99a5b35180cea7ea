# 3.2: a name bound to a lambda is a callee
import pandas as pd
read = lambda name: pd.read_csv(name + ".csv")
df = read("a")
df.to_csv("out.csv")
