# 4.3: weights that are loaded behind a training are none of its data, and take the place of what was learnt
import pandas as pd
import torch
from torch import nn
rows = pd.read_csv("train.csv")
x = torch.tensor(rows[["a"]].values)
y = torch.tensor(rows["y"].values)
net = nn.Linear(1, 1)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
measure = nn.MSELoss()
for epoch in range(10):
    optimizer.zero_grad()
    loss = measure(net(x), y)
    loss.backward()
    optimizer.step()
torch.save(net.state_dict(), "net.pt")
net.load_state_dict(torch.load("best.pt"))
torch.save(net.state_dict(), "copy.pt")
