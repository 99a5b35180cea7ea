# 3.3: zip goes in step
import pandas as pd
frames = [pd.read_csv("a.csv"), pd.read_csv("b.csv")]
names = ["one.csv", "two.csv"]
for frame, name in zip(frames, names):
    frame.to_csv(name)
