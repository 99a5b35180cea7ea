# rows: the older library of Spark
from pyspark.mllib.recommendation import ALS
from pyspark import SparkContext
sc = SparkContext()
lines = sc.textFile("a.txt")
model = ALS.train(lines.map(lambda line: line.split(",")), 10)
