# rows: what has no gaps is the same rows; an evaluator and a scaler are no models, the best one of a search is
from pyspark.ml.classification import LogisticRegression
from pyspark.ml.evaluation import BinaryClassificationEvaluator
from pyspark.ml.feature import VectorAssembler
from pyspark.ml.tuning import CrossValidator
from pyspark.sql import SparkSession
spark = SparkSession.builder.getOrCreate()
rows = spark.read.csv("a.csv").na.drop()
train, test = VectorAssembler(inputCols=["x"], outputCol="features").transform(rows).randomSplit([0.8, 0.2])
measure = BinaryClassificationEvaluator()
found = CrossValidator(estimator=LogisticRegression(), evaluator=measure).fit(train)
print(measure.evaluate(found.transform(test)))
found.bestModel.write().overwrite().save("best")
