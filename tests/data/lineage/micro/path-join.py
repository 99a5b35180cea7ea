# 3.4: os.path.join
import os
import pandas as pd
pd.read_csv(os.path.join("data", "raw", "a.csv")).to_csv("out.csv")
