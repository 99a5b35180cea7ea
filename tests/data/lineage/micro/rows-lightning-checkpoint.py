# a trainer saves the model that it trained
import lightning
import torch
from torch.utils.data import DataLoader
from torchvision.datasets import MNIST
class Net(lightning.LightningModule):
    def __init__(self):
        super().__init__()
        self.layer = torch.nn.Linear(1, 1)
    def training_step(self, batch, i):
        x, y = batch
        return ((self.layer(x) - y) ** 2).mean()
net = Net()
trainer = lightning.Trainer(max_epochs=1)
trainer.fit(net, DataLoader(MNIST(".", train=True)))
trainer.save_checkpoint("m.ckpt")
