# 3.4: ./a.csv and a.csv are one file
import pandas as pd
pd.DataFrame({"x": [1]}).to_csv("./a.csv")
pd.read_csv("a.csv").to_json("out.json")
