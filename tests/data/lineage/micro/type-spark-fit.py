# 3.3: fit of Spark gives a new model
from pyspark.sql import SparkSession
from pyspark.ml.classification import LogisticRegression
spark = SparkSession.builder.getOrCreate()
df = spark.read.parquet("in")
lr = LogisticRegression(featuresCol="features", labelCol="y")
fitted = lr.fit(df)
fitted.save("model")
