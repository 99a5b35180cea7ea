# 3.3: rows keep what they are for through a tokenizer and a data set of one's own around it
import pandas as pd
import torch
from sklearn.model_selection import train_test_split
from torch.utils.data import Dataset
from transformers import AutoModelForSequenceClassification, AutoTokenizer, Trainer, TrainingArguments
rows = pd.read_csv("reviews.csv")
train_texts, val_texts, train_labels, val_labels = train_test_split(rows["text"].tolist(), rows["label"].tolist())
tokenizer = AutoTokenizer.from_pretrained("bert-base-uncased")


class Reviews(Dataset):
    def __init__(self, encodings, labels):
        self.encodings = encodings
        self.labels = labels

    def __getitem__(self, at):
        item = {key: torch.tensor(value[at]) for key, value in self.encodings.items()}
        item["labels"] = torch.tensor(self.labels[at])
        return item

    def __len__(self):
        return len(self.labels)


train_rows = Reviews(tokenizer(train_texts, truncation=True, padding=True), train_labels)
val_rows = Reviews(tokenizer(val_texts, truncation=True, padding=True), val_labels)
model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased")
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=train_rows, eval_dataset=val_rows)
trainer.train()
trainer.evaluate()
