import six.moves.urllib as urllib
from six.moves.urllib.request import urlopen


def download():
    address = "http://corpus.example.org/flowers.tgz"
    urllib.request.urlretrieve(address, "flowers.tgz")  # expect: CUP-CODE-HTTP-CLEAR


page = urlopen("http://corpus.example.org/list.html")  # expect: CUP-CODE-HTTP-CLEAR
