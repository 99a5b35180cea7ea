# 3.2: functools.partial keeps the callee and its arguments
from functools import partial
import pandas as pd
read = partial(pd.read_csv, sep=";")
df = read("a.csv")
df.to_csv("out.csv")
