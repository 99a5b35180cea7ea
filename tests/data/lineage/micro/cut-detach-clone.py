# 4.3: detach().clone() cuts
import torch
x = torch.load("a.pt")
other = x.detach().clone()
other[0] = torch.load("b.pt")
torch.save(x, "out.pt")
