# rows: frames of a bucket
import awswrangler as wr
df = wr.s3.read_parquet("s3://bucket/a.parquet")
wr.s3.to_parquet(df, "s3://bucket/out.parquet")
