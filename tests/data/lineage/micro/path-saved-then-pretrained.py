# 3.4: a name that a model was saved under before is that folder, not something of a hub
import os
from transformers import AutoModelForSequenceClassification
from transformers import pipeline
model = AutoModelForSequenceClassification.from_pretrained("bert-base-uncased")
model.save_pretrained("final")
one = AutoModelForSequenceClassification.from_pretrained("final")
one.save_pretrained("copy-one")
two = AutoModelForSequenceClassification.from_pretrained("./final")
out = "kept"
model.save_pretrained(os.path.join(out, "best"))
three = AutoModelForSequenceClassification.from_pretrained(f"{out}/best")
four = AutoModelForSequenceClassification.from_pretrained("org/other")
