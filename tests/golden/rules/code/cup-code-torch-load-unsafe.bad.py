import torch
state = torch.load('model.pt', weights_only=False)  # expect: CUP-CODE-TORCH-LOAD-UNSAFE
