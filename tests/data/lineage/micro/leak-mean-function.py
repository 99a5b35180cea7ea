# leakage: a mean of all rows, by a function and by a method
import numpy as np
import tensorflow as tf
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import train_test_split
x = np.load("x.npy")
y = np.load("y.npy")
scaled = (x - np.mean(x, axis=0)) / tf.math.reduce_std(x, axis=0)
x_train, x_test, y_train, y_test = train_test_split(scaled, y)
m = LogisticRegression()
m.fit(x_train, y_train)
print(m.score(x_test, y_test))
