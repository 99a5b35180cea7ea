# roles: settings that a trainer was given as one object
from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments
rows = load_dataset("imdb")
model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased")
settings = TrainingArguments(output_dir="out", num_train_epochs=2, learning_rate=2e-5)
t = Trainer(model=model, args=settings, train_dataset=rows["train"])
t.train()
