# 3.4: a loop over literals unrolls
import pandas as pd
for year in (2020, 2021):
    pd.read_csv(f"a-{year}.csv").to_csv(f"out-{year}.csv")
