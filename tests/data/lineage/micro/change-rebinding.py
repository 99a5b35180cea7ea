# 4.3: x = x + y makes a new value
import numpy as np
x = np.load("a.npy")
same = x
x = x + np.load("b.npy")
np.save("out.npy", same)
