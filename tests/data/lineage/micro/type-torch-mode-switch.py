# 3.3: model.train() is a mode switch
import torch
from torch import nn
net = nn.Linear(3, 1)
net.train()
