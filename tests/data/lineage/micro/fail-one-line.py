# 4.4: several statements on a line
import pandas as pd; df = pd.read_csv("a.csv"); df.to_csv("out.csv")
