# 3.4: a renamed file keeps what it was made from
import os
import pandas as pd
pd.read_csv("a.csv").to_csv("tmp.csv")
os.rename("tmp.csv", "b.csv")
pd.read_csv("b.csv").to_json("out.json")
