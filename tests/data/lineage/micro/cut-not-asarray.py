# 4.3: np.asarray of an array is the same array
import numpy as np
x = np.load("a.npy")
other = np.asarray(x)
other[0] = np.load("b.npy")
np.save("out.npy", x)
