# The folder that the other script saves into; the second is of a hub.
from transformers import AutoModelForSequenceClassification
again = AutoModelForSequenceClassification.from_pretrained("final")
again.save_pretrained("copy")
other = AutoModelForSequenceClassification.from_pretrained("finale")
