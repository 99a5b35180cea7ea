# 3.4: the name of a file where rows are asked for
from recommenders.models.newsrec.models.npa import NPAModel
model = NPAModel(None, None)
model.fit("train/news.tsv", "train/clicks.tsv", "valid/news.tsv", "valid/clicks.tsv")
