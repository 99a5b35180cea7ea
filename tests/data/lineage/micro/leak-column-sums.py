# leak: sums of each column, by an axis that stands in its place, know the rows of both parts
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
x = np.load("x.npy")
y = np.load("y.npy")
x = x / np.sum(x, 0)
x_train, x_test, y_train, y_test = train_test_split(x, y)
m = LogisticRegression()
m.fit(x_train, y_train)
print(m.score(x_test, y_test))
