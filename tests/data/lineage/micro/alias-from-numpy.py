# 4.3: torch.from_numpy shares the memory
import numpy as np
import torch
x = np.zeros(3)
t = torch.from_numpy(x)
t[0] = torch.load("a.pt")
np.save("out.npy", x)
