# 4.3: np.copyto changes its first argument
import numpy as np
x = np.zeros(3)
np.copyto(x, np.load("a.npy"))
np.save("out.npy", x)
