import torch
m = torch.hub.load('someone/repo', 'model')  # expect: CUP-CODE-TORCH-HUB
