# 3.2: pandas.io.parsers.read_csv is pandas.read_csv
from pandas.io.parsers import read_csv
df = read_csv("a.csv")
df.to_csv("out.csv")
