# 3.3: reader and writer of Spark keep what they are bound to
from pyspark.sql import SparkSession
spark = SparkSession.builder.appName("x").getOrCreate()
df = spark.read.option("header", True).csv("in/a.csv")
df.filter("v > 1").write.mode("overwrite").parquet("out/b")
