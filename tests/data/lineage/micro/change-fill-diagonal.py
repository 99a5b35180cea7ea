# 4.3: np.fill_diagonal changes its first argument
import numpy as np
x = np.load("a.npy")
np.fill_diagonal(x, np.load("b.npy"))
np.save("out.npy", x)
