import six.moves.urllib as urllib
from six.moves.urllib.request import urlopen

urllib.request.urlretrieve("https://corpus.example.org/flowers.tgz", "flowers.tgz")
page = urlopen("http://localhost:8000/list.html")
