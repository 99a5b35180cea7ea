# rows: weights by address
import torch
state = torch.utils.model_zoo.load_url("https://example.org/w.pth")
torch.save(state, "w.pth")
