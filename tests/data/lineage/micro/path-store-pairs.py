# paths: a list of a store and a folder in it, and a pipeline that is written by its writer
from azureml.core import Dataset, Workspace
from pyspark.ml import PipelineModel
from pyspark.ml.feature import FeatureHasher
from pyspark.ml.classification import LogisticRegression
store = Workspace.from_config().get_default_datastore()
files = Dataset.File.from_files(path=[(store, "rows/")])
files.to_path()
hasher = FeatureHasher(inputCols=["a"], outputCol="features")
train = hasher.transform(spark.read.csv("train.csv"))
model = LogisticRegression().fit(train)
PipelineModel(stages=[hasher, model]).write().overwrite().save("saved")
