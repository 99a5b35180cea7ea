# rows by parts of a list of their numbers
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
numbers = list(range(len(df)))
np.random.shuffle(numbers)
use, keep = numbers[:80], numbers[80:]
train = df.iloc[use]
test = df.iloc[keep]
LogisticRegression().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
