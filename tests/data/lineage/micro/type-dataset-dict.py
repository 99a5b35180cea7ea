# 3.3: the key of a DatasetDict is the split
from datasets import load_dataset
from transformers import Trainer, AutoModelForSequenceClassification
ds = load_dataset("imdb")
net = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased")
trainer = Trainer(model=net, train_dataset=ds["train"], eval_dataset=ds["test"])
trainer.train()
trainer.evaluate()
