# 3.3: an attribute set from outside
import pandas as pd
class Box:
    pass
box = Box()
box.frame = pd.read_csv("a.csv")
box.frame.to_csv("out.csv")
