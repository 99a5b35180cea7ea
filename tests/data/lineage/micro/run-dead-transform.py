# hazard: the result of a transform is thrown away
import pandas as pd
df = pd.read_csv("a.csv")
df.dropna()
df.to_csv("out.csv")
