import urllib.request

root = "http://corpus.example.org/public/"
ham = root + "ham.tar.bz2"
spam = f"{root}spam.tar.bz2"
pattern = "http://open.example.org/{}.csv"


def fetch(folder):
    for name, url in (("ham", ham), ("spam", spam)):
        urllib.request.urlretrieve(url, name)
    for part in range(3):
        address = pattern.format(part)
        urllib.request.urlretrieve(address, folder)
    urllib.request.urlretrieve(root + "more.csv", folder)
