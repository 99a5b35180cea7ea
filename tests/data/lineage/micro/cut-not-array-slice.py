# 4.3: x[:] of an array is a view
import numpy as np
x = np.load("a.npy")
other = x[:]
other[0] = np.load("b.npy")
np.save("out.npy", x)
