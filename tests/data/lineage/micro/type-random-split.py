# 3.3: random_split of torch by position
import torch
from torch.utils.data import random_split
from torchvision.datasets import ImageFolder
whole = ImageFolder("pictures")
one, two, three = random_split(whole, [0.7, 0.2, 0.1])
