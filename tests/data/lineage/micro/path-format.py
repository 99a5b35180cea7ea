# 3.4: str.format
import pandas as pd
pd.read_csv("data/{}-{year}.csv".format("a", year=2020)).to_csv("out.csv")
