import pandas as pd
df = pd.read_csv("a.csv")
df.to_parquet("store/part.parquet")
