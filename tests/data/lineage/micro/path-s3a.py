# 3.4: s3a is s3
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
spark.read.parquet("s3a://bucket/in").write.parquet("s3n://bucket/out")
