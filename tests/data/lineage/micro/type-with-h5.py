# 3.3: with h5py.File as f is the file
import h5py
import numpy as np
with h5py.File("a.h5", "r") as f:
    x = f["images"][:]
np.save("out.npy", x)
