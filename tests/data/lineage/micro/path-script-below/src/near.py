import pandas as pd

pd.read_csv("near/rows.csv").to_csv("out/near.csv")
