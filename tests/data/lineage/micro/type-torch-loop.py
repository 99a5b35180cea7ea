# 3.3: a module's call that reaches backward is the training
import torch
from torch import nn
class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.lin = nn.Linear(3, 1)
    def forward(self, x):
        return self.lin(x)
data = torch.load("a.pt")
net = Net()
opt = torch.optim.SGD(net.parameters(), lr=0.1)
for x, y in torch.utils.data.DataLoader(data):
    opt.zero_grad()
    out = net(x)
    loss = nn.functional.mse_loss(out, y)
    loss.backward()
    opt.step()
