# 4.3: setattr is an attribute set
import pandas as pd
class Box:
    pass
box = Box()
setattr(box, "frame", pd.read_csv("a.csv"))
box.frame.to_csv("out.csv")
