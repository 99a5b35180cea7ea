# 3.3: a module's call under no_grad is an evaluation
import torch
from torch import nn
net = nn.Linear(3, 1)
net.load_state_dict(torch.load("net.pt"))
data = torch.load("b.pt")
net.eval()
with torch.no_grad():
    out = net(data)
