# 3.2: from m import * binds the known public names of m
from pandas import *
df = read_csv("a.csv")
df.to_parquet("out.parquet")
