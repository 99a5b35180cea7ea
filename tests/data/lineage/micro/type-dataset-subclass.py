# 3.3: a Dataset of one's own reads where its __init__ reads
import pandas as pd
import torch
class Rows(torch.utils.data.Dataset):
    def __init__(self, path):
        self.frame = pd.read_csv(path)
    def __len__(self):
        return len(self.frame)
    def __getitem__(self, i):
        return self.frame.iloc[i]
one = Rows("a.csv")
two = Rows("b.csv")
torch.save(two.frame, "out.pt")
