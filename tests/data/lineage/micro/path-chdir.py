# 3.4: os.chdir moves the base
import os
import pandas as pd
os.chdir("data")
pd.read_csv("a.csv").to_csv("../out.csv")
