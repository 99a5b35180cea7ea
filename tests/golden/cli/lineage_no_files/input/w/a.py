import pandas as pd
pd.read_csv("rows.csv").to_csv("out.csv")
