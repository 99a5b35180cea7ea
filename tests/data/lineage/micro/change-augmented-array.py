# 4.3: += of an array changes it for every name
import numpy as np
x = np.load("a.npy")
same = x
x += np.load("b.npy")
np.save("out.npy", same)
