import pandas as pd
pd.read_csv("/data/a.csv").to_csv("mid.csv")
