# 4.1: match binds names
import pandas as pd
def pick(box):
    match box:
        case {"frame": frame}:
            return frame
        case [first, *rest]:
            return first
pick({"frame": pd.read_csv("a.csv")}).to_csv("out.csv")
