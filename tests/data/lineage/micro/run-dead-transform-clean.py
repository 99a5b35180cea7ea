# hazard, clean twin: the result is kept, or the change is in place
import pandas as pd
df = pd.read_csv("a.csv")
df = df.dropna()
df.drop_duplicates(inplace=True)
df.to_csv("out.csv")
