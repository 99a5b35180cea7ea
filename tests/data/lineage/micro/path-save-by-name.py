# 3.4: an unknown class saves to and loads from a file that its arguments name
import numpy as np
from lab.nets import Machine
m = Machine(units=3)
m.fit(np.load("a.npy"))
m.save(file_path="m.ckpt")
n = Machine(units=3)
n.load(file_path="m.ckpt")
