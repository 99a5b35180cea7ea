# roles: two data sets that are called train and test
import numpy as np
from sklearn.linear_model import LogisticRegression
train_x, train_y = np.load("a.npy"), np.load("b.npy")
test_x, test_y = np.load("c.npy"), np.load("d.npy")
m = LogisticRegression()
m.fit(train_x, train_y)
print(m.score(test_x, test_y))
