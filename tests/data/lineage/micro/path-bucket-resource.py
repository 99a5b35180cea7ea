# 3.4: a bucket object and a blob know their bucket
import boto3
import pandas as pd
from google.cloud import storage
boto3.resource("s3").Bucket("one").download_file("raw/a.csv", "a.csv")
pd.read_csv("a.csv").to_csv("out.csv")
storage.Client().bucket("two").blob("clean/out.csv").upload_from_filename("out.csv")
