# 3.2: an unknown call that stands alone may change its arguments
import pandas as pd
from strange_place import enrich
a = pd.read_csv("a.csv")
b = pd.read_csv("b.csv")
enrich(a, b)
a.to_csv("out.csv")
