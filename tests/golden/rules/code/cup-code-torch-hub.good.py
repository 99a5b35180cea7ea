import torch
m = torch.hub.load('/models/repo', 'model', source='local')
