# 4.3: out= names what is changed
import numpy as np
x = np.zeros(3)
np.add(np.load("a.npy"), np.load("b.npy"), out=x)
np.save("out.npy", x)
