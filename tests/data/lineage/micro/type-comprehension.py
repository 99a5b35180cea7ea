# 3.3: a comprehension over literal names
import pandas as pd
pd.concat([pd.read_csv(n) for n in ("a.csv", "b.csv")]).to_csv("out.csv")
