# clean: sums of each row, by an axis that stands in its place or counts from the end
import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
x = np.load("x.npy")
y = np.load("y.npy")
x = x / np.sum(x, 1)[:, None]
x = x / np.sum(x, axis=-1)[:, None]
x = x - x.mean(1)[:, None]
x = x - np.quantile(x, 0.5, 1)[:, None]
x_train, x_test, y_train, y_test = train_test_split(x, y)
m = LogisticRegression()
m.fit(x_train, y_train)
print(m.score(x_test, y_test))
