import torch
state = torch.load('m.pt', weights_only=True)
