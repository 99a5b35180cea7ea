# paths: names of files that a method nobody describes gets to load from
from lab.text import Tokenizer
t = Tokenizer()
t.load_words(vocab_path="words.json", merges_path="merges.bpe")
t.load_more("more.txt")
