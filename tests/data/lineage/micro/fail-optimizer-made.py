# making an optimizer steps nothing
import torch
rows = torch.load("a.pt")
first = torch.nn.Linear(3, 1)
first(rows).sum().backward()
second = torch.nn.Linear(3, 1)
optimizer = torch.optim.SGD(second.parameters(), lr=0.1)
