# 4.3: a transpose is a view
import numpy as np
x = np.zeros((4, 4))
x.T[0] = np.load("a.npy")
np.save("out.npy", x)
