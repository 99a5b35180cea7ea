# 4.3: x[:] of a list cuts
import pandas as pd
parts = [pd.read_csv("a.csv")]
other = parts[:]
other.append(pd.read_csv("b.csv"))
pd.concat(parts).to_csv("out.csv")
