# 3.3: train_test_split of two gives train, test, train, test
import pandas as pd
from sklearn.model_selection import train_test_split
df = pd.read_csv("a.csv")
p, q, r, s = train_test_split(df[["x"]], df["y"])
