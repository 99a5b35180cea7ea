import urllib.request

note = "http://corpus.example.org/about"
for name, url in ((note, "https://corpus.example.org/ham.tar.bz2"), ("spam", "https://corpus.example.org/spam")):
    urllib.request.urlretrieve(url, "file")
for url in ["https://a.example.org/a.csv", "https://b.example.org/b.csv"]:
    urllib.request.urlretrieve(url, "b.csv")
