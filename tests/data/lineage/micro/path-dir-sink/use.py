from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
spark.read.parquet("store").write.csv("out")
