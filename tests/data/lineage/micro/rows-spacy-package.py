# rows: a pipeline of spaCy is loaded by its name
import spacy
nlp = spacy.load("en_core_web_sm")
nlp.to_disk("model_dir")
