# fields of a namedtuple do not mix
from collections import namedtuple
import pandas as pd
Pair = namedtuple("Pair", "x y")
pair = Pair(pd.read_csv("a.csv"), y=pd.read_csv("b.csv"))
pair.x.to_csv("o.csv")
pair.y.to_csv("p.csv")
