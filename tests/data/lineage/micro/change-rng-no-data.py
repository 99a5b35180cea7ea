# 4.3: a seed is no data
import numpy as np
np.random.seed(1)
x = np.load("a.npy")
np.random.shuffle(x)
np.save("out.npy", x)
