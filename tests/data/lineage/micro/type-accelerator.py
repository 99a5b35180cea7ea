# 3.3: accelerator.backward is backward
import torch
from torch import nn
from accelerate import Accelerator
accelerator = Accelerator()
net = nn.Linear(3, 1)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
x, y = torch.load("a.pt")
out = net(x)
loss = nn.functional.mse_loss(out, y)
accelerator.backward(loss)
opt.step()
