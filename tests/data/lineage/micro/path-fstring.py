# 3.4: an f-string with constant holes
import pandas as pd
year = 2020
pd.read_csv(f"data/a-{year}.csv").to_csv(f"out-{year + 1}.csv")
