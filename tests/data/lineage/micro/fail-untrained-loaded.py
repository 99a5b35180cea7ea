# failures, the other side: loaded, handed to a loader or a trainer, a part of what was trained
import numpy as np
import torch
import torch.nn as nn
from lab.weights import load_into
from lab.loops import train_all
rows = torch.from_numpy(np.load("rows.npy"))
a = nn.Linear(8, 2)
a.load_state_dict(torch.load("a.pt"))
a(rows)
b = nn.Linear(8, 2)
load_into(b, "b.bin")
b(rows)
c = nn.Sequential(nn.Linear(8, 2))
train_all(c, "rows")
c(rows)
part = nn.Linear(8, 8)
whole = nn.Sequential(part, nn.Linear(8, 2))
opt = torch.optim.SGD(whole.parameters(), lr=0.1)
loss = nn.functional.mse_loss(whole(rows), torch.zeros(1))
loss.backward()
opt.step()
part(rows)
