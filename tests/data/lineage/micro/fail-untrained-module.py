# failures: modules that nobody trains or gives weights predict nothing
import numpy as np
import torch
import torch.nn as nn
class Attention(nn.Module):
    def __init__(self):
        super().__init__()
        self.query = nn.Linear(8, 8)
    def forward(self, x):
        return self.query(x)
rows = torch.from_numpy(np.load("rows.npy"))
embed = nn.Linear(8, 8)
block = Attention()
print(block(embed(rows)).shape)
net = nn.Sequential(nn.Linear(8, 8), nn.ReLU())
net.eval()
print(net(rows))
