# 3.4: the % operator
import pandas as pd
pd.read_csv("data/%s-%02d.csv" % ("a", 7)).to_csv("out.csv")
