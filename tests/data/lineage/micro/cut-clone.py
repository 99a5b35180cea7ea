# 4.3: clone cuts
import torch
x = torch.load("a.pt")
other = x.clone()
other[0] = torch.load("b.pt")
torch.save(x, "out.pt")
