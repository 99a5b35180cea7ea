# 3.3: a trainer asks a data module for loaders once it was set up; the loader to validate with is watched
import pandas as pd
import pytorch_lightning as pl
import torch
from torch.utils.data import DataLoader, TensorDataset


class Rows(pl.LightningDataModule):
    def __init__(self, path="train.csv", size=8):
        super().__init__()
        self.path = path
        self.size = size

    def setup(self, stage=None):
        if stage == "fit" or stage is None:
            a = pd.read_csv(self.path)
            self.train = TensorDataset(torch.tensor(a["x"].values), torch.tensor(a["y"].values))
            b = pd.read_csv("val.csv")
            self.val = TensorDataset(torch.tensor(b["x"].values), torch.tensor(b["y"].values))
        if stage == "test" or stage is None:
            c = pd.read_csv("test.csv")
            self.test = TensorDataset(torch.tensor(c["x"].values), torch.tensor(c["y"].values))

    def train_dataloader(self):
        return DataLoader(self.train, batch_size=self.size)

    def val_dataloader(self):
        return DataLoader(self.val, batch_size=self.size)

    def test_dataloader(self):
        return DataLoader(self.test, batch_size=self.size)


class Net(pl.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(1, 1)

    def training_step(self, batch, number):
        x, y = batch
        return ((self.layer(x) - y) ** 2).mean()


model = Net()
rows = Rows()
trainer = pl.Trainer(max_epochs=3)
trainer.fit(model, datamodule=rows)
trainer.test(model, datamodule=rows)
trainer.save_checkpoint("m.ckpt")
