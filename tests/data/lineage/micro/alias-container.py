# 4.3: an element of a container is the same object
import pandas as pd
df = pd.read_csv("a.csv")
box = {"frame": df}
box["frame"]["more"] = pd.read_csv("b.csv")["v"]
df.to_csv("out.csv")
