# 3.3: phases with their loaders in pairs, told apart by elif
import pandas as pd
import torch
a = pd.read_csv("train.csv")
b = pd.read_csv("val.csv")
net = torch.nn.Linear(1, 1)
optimizer = torch.optim.Adam(net.parameters())
measure = torch.nn.MSELoss()
for phase, rows in [("train", a), ("val", b)]:
    x = torch.tensor(rows[["x"]].values)
    y = torch.tensor(rows["y"].values)
    loss = measure(net(x), y)
    if phase == "val":
        print(loss)
    elif phase == "train":
        loss.backward()
        optimizer.step()
