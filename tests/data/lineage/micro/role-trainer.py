# roles: the Trainer's data sets
from datasets import load_dataset
from transformers import AutoModelForCausalLM, Trainer, TrainingArguments
ds = load_dataset("owner/texts", split="train").train_test_split(0.1)
net = AutoModelForCausalLM.from_pretrained("owner/base")
trainer = Trainer(net, TrainingArguments("out"), train_dataset=ds["train"], eval_dataset=ds["test"])
trainer.train()
trainer.evaluate()
trainer.save_model("final")
