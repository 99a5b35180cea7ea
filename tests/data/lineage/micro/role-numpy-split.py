# roles: numpy splits rows in order, and names say into what
import numpy as np
import pandas as pd
from sklearn.linear_model import Ridge
rows = pd.read_csv("a.csv")
train, val, test = np.split(rows.sample(frac=1), [int(0.8 * len(rows)), int(0.9 * len(rows))])
train = train.copy()
label = train.pop("y")
model = Ridge().fit(train, label)
model.score(val[["x"]], val["y"])
model.score(test[["x"]], test["y"])
