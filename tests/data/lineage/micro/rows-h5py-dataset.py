# rows: data sets of an HDF5 file
import h5py
import numpy as np
x = np.load("a.npy")
with h5py.File("out.h5", "w") as f:
    f.create_dataset("x", data=x)
