# rows by parts of a permutation
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
numbers = np.random.permutation(len(df))
n = int(0.8 * len(df))
train, test = df.iloc[numbers[:n]], df.iloc[numbers[n:]]
LogisticRegression().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
