# rows by parts of an order: the front is for training
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
numbers = np.arange(len(df))
np.random.shuffle(numbers)
n = int(0.8 * len(df))
one = df.iloc[numbers[:n]]
other = df.iloc[numbers[n:]]
LogisticRegression().fit(one[["a"]], one["y"]).score(other[["a"]], other["y"])
