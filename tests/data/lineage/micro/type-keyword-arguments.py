# 3.3: keywords and ** of a literal dict
import pandas as pd
def save(frame, target):
    frame.to_csv(target)
options = {"target": "out.csv"}
save(frame=pd.read_csv("a.csv"), **options)
