# 3.4: a path of s3fs begins with the bucket
import s3fs
fs = s3fs.S3FileSystem()
fs.get("bucket/raw/a.csv", "a.csv")
