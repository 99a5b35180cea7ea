# 4.1: the name of an exception ends with its handler
import pandas as pd
e = pd.read_csv("a.csv")
try:
    x = 1 / 0
except ZeroDivisionError as err:
    print(err)
e.to_csv("out.csv")
