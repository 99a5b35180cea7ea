# rows: a corpus that comes with NLTK
from nltk.corpus import gutenberg
words = gutenberg.words()
