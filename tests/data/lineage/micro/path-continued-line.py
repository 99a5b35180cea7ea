# paths: a backslash between arguments is no argument
import pandas as pd
from shutil import copy
copy("a.csv", \
     "b.csv")
pd.merge(pd.read_csv("b.csv"), \
         pd.read_csv("c.csv")).to_csv( \
    "d.csv")
