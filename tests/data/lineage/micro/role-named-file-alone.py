# roles: one data set that is called train, and no other: all there is
import numpy as np
from sklearn.linear_model import LogisticRegression
train_x, train_y = np.load("a.npy"), np.load("b.npy")
m = LogisticRegression()
m.fit(train_x, train_y)
