import pandas as pd
pd.read_csv("rows.csv").to_csv("second.csv")
