# 3.3: a swap of two names swaps the values
import pandas as pd
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
a, b = b, a
a.to_csv("out.csv")
