# roles: a training job elsewhere
import sagemaker
from sagemaker.sklearn import SKLearn
job = SKLearn(entry_point="train.py", role="r", instance_type="ml.m5.large", framework_version="1.2-1")
job.fit({"train": "s3://bucket/train"})
