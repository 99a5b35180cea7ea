# 4.3: += of a list changes it for every name
import pandas as pd
parts = [pd.read_csv("a.csv")]
same = parts
parts += [pd.read_csv("b.csv")]
pd.concat(same).to_csv("out.csv")
