# a function of a module that is not there trains, by its name, what it is given as a model on what is not held out
import torch
from torch.utils.data import DataLoader
from earlier_parts import RowData, SmallModel, accuracy_of, train_simple
train_loader = DataLoader(RowData("train.csv"), batch_size=8)
val_loader = DataLoader(RowData("val.csv"), batch_size=8)
model = SmallModel(10)
optimizer = torch.optim.AdamW(model.parameters())
losses = train_simple(model, train_loader, val_loader, optimizer, epochs=3)
accuracy_of(val_loader, model)
