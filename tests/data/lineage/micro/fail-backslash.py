# 4.4: a chain continued by backslashes
import pandas as pd
df = pd.read_csv("a.csv") \
    .dropna() \
    .reset_index()
df.to_csv("out.csv")
