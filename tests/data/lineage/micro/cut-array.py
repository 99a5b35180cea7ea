# 4.3: np.array(x) cuts
import numpy as np
x = np.load("a.npy")
other = np.array(x)
other[0] = np.load("b.npy")
np.save("out.npy", x)
