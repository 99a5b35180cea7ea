from datasets import load_dataset
from transformers import AutoModelForSequenceClassification, Trainer, TrainingArguments
rows = load_dataset("imdb")
model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased")
trainer = Trainer(model=model, args=TrainingArguments("out"), train_dataset=rows["train"])
trainer.train()
trainer.save_model("final")
