# 3.3: an attribute of the class
import pandas as pd
class Paths:
    RAW = "a.csv"
pd.read_csv(Paths.RAW).to_csv("out.csv")
