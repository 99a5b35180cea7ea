# rows: an index of neighbours on disk
from annoy import AnnoyIndex
index = AnnoyIndex(8, "angular")
index.load("a.ann")
