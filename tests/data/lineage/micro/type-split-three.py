# 3.3: train_test_split of three gives six
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
a, b, c, d, e, f = train_test_split(df[["x"]], df["y"], df["w"])
