# 4.3: pop gives an element and keeps the rest
import pandas as pd
parts = [pd.read_csv("a.csv")]
last = parts.pop()
last.to_csv("out.csv")
