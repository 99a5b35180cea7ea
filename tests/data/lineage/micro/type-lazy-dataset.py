# a data set that reads an item when it is asked for one is made of what it reads
import numpy as np
import torch
import torch.nn as nn
from torch.utils.data import DataLoader, Dataset
class Arrays(Dataset):
    def __init__(self, files):
        self.files = files
    def __len__(self):
        return len(self.files)
    def __getitem__(self, i):
        return np.load(self.files[i])
loader = DataLoader(Arrays(["a.npy", "b.npy"]))
net = nn.Linear(3, 3)
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for x in loader:
    loss = net(x).sum()
    loss.backward()
    opt.step()
torch.save(net.state_dict(), "net.pt")
