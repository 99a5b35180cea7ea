# the files that a library of data sets is told to read are what is read, and each part is its file
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, Trainer
rows = load_dataset("csv", data_files={"train": "a.csv", "validation": "b.csv"})
model = AutoModelForSequenceClassification.from_pretrained("some/model")
trainer = Trainer(model=model, train_dataset=rows["train"], eval_dataset=rows["validation"])
trainer.train()
