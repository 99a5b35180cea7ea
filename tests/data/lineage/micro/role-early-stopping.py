# roles: validation data given to fit are no training data
import keras
import numpy as np
x, y = np.load("x.npy"), np.load("y.npy")
a, b = np.load("a.npy"), np.load("b.npy")
net = keras.Sequential([keras.layers.Dense(1)])
net.fit(x, y, validation_data=(a, b))
