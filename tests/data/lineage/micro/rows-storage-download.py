# rows: a blob is downloaded to a file
from google.cloud import storage
client = storage.Client()
client.bucket("b").blob("k").download_to_filename("a.csv")
