# rows: an old name of datasets
import nlp
parts = nlp.load_dataset("emotion", split=["train", "test"])
