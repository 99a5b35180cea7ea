# gradients that stand there when a function is called are learnt when it steps and computes none of its own
import torch
rows = torch.load("a.pt")
net = torch.nn.Linear(3, 1)
optimizer = torch.optim.SGD(net.parameters(), lr=0.1)
def advance():
    optimizer.step()
    optimizer.zero_grad()
for _ in range(9):
    loss = net(rows).sum()
    loss.backward()
    advance()
