# 4.3: reshape and ravel are views
import numpy as np
x = np.zeros((4, 4))
flat = x.reshape(-1)
flat[0] = np.load("a.npy").sum()
np.save("out.npy", x)
