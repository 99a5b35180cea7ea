# 3.2: an unknown call derives from the receiver and all arguments
import pandas as pd
from strange_place import blend
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
blend(a, b).to_csv("out.csv")
