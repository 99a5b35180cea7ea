# 3.3: for phase in ["train", "val"]: only the pass that goes back is a training; the other one is a validation
import torch
import torchvision
from torchvision import datasets, transforms
sets = {x: datasets.ImageFolder("data/" + x, transforms.ToTensor()) for x in ["train", "val"]}
loaders = {x: torch.utils.data.DataLoader(sets[x], batch_size=4) for x in ["train", "val"]}
model = torchvision.models.resnet18(weights=None)
criterion = torch.nn.CrossEntropyLoss()
optimizer = torch.optim.SGD(model.parameters(), lr=0.001, momentum=0.9)
for epoch in range(5):
    for phase in ["train", "val"]:
        if phase == "train":
            model.train()
        else:
            model.eval()
        for inputs, labels in loaders[phase]:
            optimizer.zero_grad()
            with torch.set_grad_enabled(phase == "train"):
                outputs = model(inputs)
                loss = criterion(outputs, labels)
                if phase == "train":
                    loss.backward()
                    optimizer.step()
