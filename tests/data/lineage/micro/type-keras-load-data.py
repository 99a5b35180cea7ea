# 3.3: load_data of Keras is ((x, y), (x, y))
from keras.datasets import cifar10
from keras import Sequential
first, second = cifar10.load_data()
a, b = first
c, d = second
net = Sequential()
net.fit(a, b)
net.evaluate(c, d)
