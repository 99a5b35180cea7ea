# leakage: what a model of Spark only transforms is not measured
from pyspark.ml.recommendation import ALS
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
rows = spark.read.csv("a.csv")
train, test = rows.randomSplit([0.8, 0.2])
final = ALS(userCol="u", itemCol="i").fit(rows)
final.transform(test).show()
