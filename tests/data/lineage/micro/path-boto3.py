# 3.4: bucket and key are one place
import boto3
import pandas as pd
s3 = boto3.client("s3")
s3.download_file("bucket", "raw/a.csv", "a.csv")
pd.read_csv("a.csv").to_csv("out.csv")
s3.upload_file("out.csv", "bucket", "clean/out.csv")
