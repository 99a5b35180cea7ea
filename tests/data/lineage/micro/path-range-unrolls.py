# 3.4: a loop over a small range unrolls
import pandas as pd
for part in range(2):
    pd.read_csv("a%d.csv" % part).to_csv("out%d.csv" % part)
