# 3.3: a literal key gives the value at that key
import pandas as pd
frames = {"one": pd.read_csv("a.csv"), "two": pd.read_csv("b.csv")}
frames["two"].to_csv("out.csv")
