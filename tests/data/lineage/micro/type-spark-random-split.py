# 3.3: randomSplit of Spark by position
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
df = spark.read.parquet("in")
a, b = df.randomSplit([0.8, 0.2], seed=1)
