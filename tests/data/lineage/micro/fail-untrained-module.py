# failures: modules that nobody trains or gives weights predict nothing
import numpy as np
import torch
import torch.nn as nn
class Attention(nn.Module):
    def __init__(self, size):
        super().__init__()
        self.query = nn.Linear(8, 8)
        self.register_buffer("mask", torch.ones(size, size))
    def forward(self, x):
        return self.query(x)
rows = torch.from_numpy(np.load("rows.npy"))
embed = nn.Linear(8, 8)
block = Attention(rows.shape[1])
print(block(embed(rows)).shape)
net = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
net.eval()
print(net(rows))
