# 3.4: concatenation of constants
import pandas as pd
folder = "data/"
name = "a"
pd.read_csv(folder + name + ".csv").to_csv("out.csv")
