# 3.4: a number with zeros before it
import pandas as pd
pd.read_csv("part-{:04d}.csv".format(7)).to_csv("out.csv")
