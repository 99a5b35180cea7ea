# 4.3: detach alone shares the memory
import torch
x = torch.load("a.pt")
other = x.detach()
other[0] = torch.load("b.pt")
torch.save(x, "out.pt")
