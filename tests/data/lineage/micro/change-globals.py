# 4.3: globals()[name] = v binds the name
import pandas as pd
globals()["frame"] = pd.read_csv("a.csv")
frame.to_csv("out.csv")
