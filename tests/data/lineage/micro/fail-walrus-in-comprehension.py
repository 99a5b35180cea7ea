# 4.1: a walrus in a comprehension binds outside of it
import pandas as pd
parts = [last := pd.read_csv(n) for n in ["a.csv"]]
last.to_csv("out.csv")
