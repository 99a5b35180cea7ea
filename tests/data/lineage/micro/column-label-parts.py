# columns: a job with rows for training and others to watch it by learns the column that is named
from azureml.core import Dataset, Experiment, Workspace
from azureml.train.automl import AutoMLConfig
space = Workspace.from_config()
train_rows = Dataset.Tabular.from_delimited_files("https://example.org/train.csv")
valid_rows = Dataset.Tabular.from_delimited_files("https://example.org/valid.csv")
config = AutoMLConfig(task="regression", training_data=train_rows, validation_data=valid_rows, label_column_name="y")
job = Experiment(space, "trial").submit(config)
