# 3.2: an argument fixed by partial is the first one
from functools import partial
import pandas as pd
read = partial(pd.read_csv, "a.csv")
df = read(sep=";")
df.to_csv("out.csv")
