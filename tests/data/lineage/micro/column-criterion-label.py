# 3.5: what a loss compares the outputs with is the label
import pandas as pd
import torch
rows = pd.read_csv("a.csv")
x = torch.tensor(rows[["size", "age"]].values)
y = torch.tensor(rows["price"].values)
net = torch.nn.Linear(2, 1)
optimizer = torch.optim.Adam(net.parameters(), lr=1e-3)
criterion = torch.nn.MSELoss()
for epoch in range(5):
    optimizer.zero_grad()
    outputs = net(x)
    loss = criterion(outputs, y)
    loss.backward()
    optimizer.step()
