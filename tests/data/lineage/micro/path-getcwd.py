# 3.4: the current folder is the base
import os
import pandas as pd
pd.read_csv(os.path.join(os.getcwd(), "data", "a.csv")).to_csv("out.csv")
