# failures: gradients that nothing steps with train nothing
import time

import numpy as np
import torch
import torch.nn as nn

images = torch.from_numpy(np.load("images.npy")).requires_grad_()
net = nn.Linear(8, 2)
start = time.time()
net(images)[0, 1].backward()
print(time.time() - start)
heat = images.grad.abs()
