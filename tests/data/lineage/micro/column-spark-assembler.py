# columns: an assembler of vectors lets its inputs through
from pyspark.sql import SparkSession
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.regression import LinearRegression
spark = SparkSession.builder.getOrCreate()
df = spark.read.csv("a.csv").withColumnRenamed("x", "size")
rows = VectorAssembler(inputCols=["size", "age"], outputCol="features").transform(df)
m = LinearRegression(featuresCol="features", labelCol="y").fit(rows)
