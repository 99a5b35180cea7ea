# rows by parts of what a generator mixes
import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression
df = pd.read_csv("a.csv")
numbers = np.random.default_rng(0).permutation(df.shape[0])
train, test = df.iloc[numbers[:80]], df.iloc[numbers[80:]]
LogisticRegression().fit(train[["a"]], train["y"]).score(test[["a"]], test["y"])
