# 4.3: x[:] = v fills the same object
import numpy as np
x = np.zeros(3)
same = x
x[:] = np.load("a.npy")
np.save("out.npy", same)
