import pandas as pd
pd.read_csv("mid.csv").to_json("out.json")
