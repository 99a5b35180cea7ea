# 3.4: container and blob are one place
import pandas as pd
from azure.storage.blob import BlobServiceClient
service = BlobServiceClient("https://example.invalid")
blob = service.get_blob_client(container="box", blob="out.csv")
blob.upload_blob(open("a.csv", "rb"))
