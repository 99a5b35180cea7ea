# 3.2: an unknown call whose value is taken changes nothing
import pandas as pd
from strange_place import blend
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
c = blend(a, b)
a.to_csv("out.csv")
