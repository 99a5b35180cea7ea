# paths: the second of a download is the file, whatever the first is
from lab.reviews import download_and_extract
download_and_extract("reviews_5", "data/reviews_5.json")
