# 3.3: format and load of Spark
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
df = spark.read.format("json").load("s3://bucket/in")
df.write.format("delta").save("s3://bucket/out")
