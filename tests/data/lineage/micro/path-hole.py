# 3.4: what cannot be known is a star
import pandas as pd
year = input()
pd.read_csv(f"data/a-{year}.csv").to_csv("out.csv")
