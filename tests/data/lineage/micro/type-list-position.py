# 3.3: a literal position of a list literal
import pandas as pd
frames = [pd.read_csv("a.csv"), pd.read_csv("b.csv")]
frames[0].to_csv("out.csv")
