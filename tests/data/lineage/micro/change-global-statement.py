# 4.1: global in a function binds the name outside
import pandas as pd
frame = None
def load():
    global frame
    frame = pd.read_csv("a.csv")
load()
frame.to_csv("out.csv")
