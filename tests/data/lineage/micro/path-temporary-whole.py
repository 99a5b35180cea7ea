# 3.4: a file of which only that it is there is known
import tempfile
import pandas as pd
_, place = tempfile.mkstemp()
pd.read_csv("a.csv").to_csv(place)
_, other = tempfile.mkstemp()
with open(other, "w") as f:
    f.write("x")
