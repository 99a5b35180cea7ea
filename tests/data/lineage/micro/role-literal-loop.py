# roles: a loop over a list of names of parts makes one thing for each of them
import os
import torch
from torch.utils.data import DataLoader
from torchvision import datasets, models
data = {}
loaders = {}
for part in ["train", "val"]:
    data[part] = datasets.ImageFolder(os.path.join("birds", part))
    loaders[part] = DataLoader(data[part], batch_size=4)
model = models.resnet18()
loss_of = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
for x, y in loaders["train"]:
    loss_of(model(x), y).backward()
    optimizer.step()
for x, y in loaders["val"]:
    print(model(x))
