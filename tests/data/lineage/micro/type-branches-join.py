# 3.3: both branches may have made the value
import pandas as pd
import os
if os.path.exists("a.csv"):
    df = pd.read_csv("a.csv")
else:
    df = pd.read_csv("b.csv")
df.to_csv("out.csv")
