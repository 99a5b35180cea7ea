# 3.4: of two arms the one that is known stays
import os
import pandas as pd
from lab.places import fetch
if os.path.exists("a.csv"):
    place = "a.csv"
else:
    place = fetch()
pd.read_csv(place).to_csv("out.csv")
