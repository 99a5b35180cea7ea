# 4.3: list(x) cuts
import pandas as pd
parts = [pd.read_csv("a.csv")]
other = list(parts)
other.append(pd.read_csv("b.csv"))
pd.concat(parts).to_csv("out.csv")
