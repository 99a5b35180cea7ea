# 3.3: models that share layers are trained together
import keras
import numpy as np
x = np.load("x.npy")
inp = keras.Input((8,))
code = keras.layers.Dense(2)(inp)
out = keras.layers.Dense(8)(code)
encoder = keras.Model(inp, code)
auto = keras.Model(inp, out)
auto.compile("adam", "mse")
auto.fit(x, x)
encoder.save("encoder.keras")
