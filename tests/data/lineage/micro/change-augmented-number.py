# 4.3: += of a number makes a new one
import numpy as np
x = float(np.load("a.npy").sum())
same = x
x += float(np.load("b.npy").sum())
np.save("out.npy", same)
