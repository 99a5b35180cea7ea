# 4.3: np.place and np.put change their first argument
import numpy as np
x = np.load("a.npy")
np.place(x, x > 1, np.load("b.npy"))
np.put(x, [0], np.load("c.npy"))
np.save("out.npy", x)
