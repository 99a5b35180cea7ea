# 4.1: a comprehension's name is its own
import pandas as pd
x = pd.read_csv("a.csv")
squares = [x * x for x in range(3)]
x.to_csv("out.csv")
