# an estimator of a library that does as Spark does stays what it is: what fit() gives has learnt, and is saved as a stage
from pyspark.ml import PipelineModel
from pyspark.ml.feature import FeatureHasher
from pyspark.sql import SparkSession
from synapse.ml.lightgbm import LightGBMClassifier
from synapse.ml.train import ComputeModelStatistics
spark = SparkSession.builder.getOrCreate()
rows = spark.read.parquet("a.parquet")
train, test = rows.randomSplit([0.8, 0.2])
hasher = FeatureHasher(inputCols=["x"], outputCol="features")
learner = LightGBMClassifier(labelCol="y", featuresCol="features")
model = learner.fit(hasher.transform(train))
guesses = model.transform(hasher.transform(test))
print(ComputeModelStatistics().setLabelCol("y").transform(guesses))
PipelineModel(stages=[hasher, model]).write().overwrite().save("all.model")
