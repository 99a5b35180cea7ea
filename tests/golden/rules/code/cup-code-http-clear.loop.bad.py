import urllib.request

root = "http://corpus.example.org/public/"
plain = root + "ham.tar.bz2"
for name, url in (("ham", plain), ("spam", root + "spam.tar.bz2")):
    urllib.request.urlretrieve(url, name)  # expect: CUP-CODE-HTTP-CLEAR

for url in ["https://safe.example.org/a.csv", "http://open.example.org/b.csv"]:
    urllib.request.urlretrieve(url, "b.csv")  # expect: CUP-CODE-HTTP-CLEAR
