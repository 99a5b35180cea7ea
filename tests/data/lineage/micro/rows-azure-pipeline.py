# rows: steps of a job hand on what they are given, and one that only infers trains nothing
from azureml.core import Dataset, Experiment, Workspace
from azureml.pipeline.core import Pipeline, PipelineData
from azureml.pipeline.steps import AutoMLStep, PythonScriptStep
from azureml.train.automl import AutoMLConfig
workspace = Workspace.from_config()
rows = Dataset.Tabular.from_delimited_files("https://example.org/a.csv")
clean = PipelineData("clean").as_dataset()
first = PythonScriptStep(script_name="clean.py", inputs=[rows.as_named_input("rows")], outputs=[clean])
part_train = PipelineData("part_train").as_dataset()
part_test = PipelineData("part_test").as_dataset()
second = PythonScriptStep(
    script_name="split.py", inputs=[clean.parse_parquet_files()], outputs=[part_train, part_test])
config = AutoMLConfig(task="regression", training_data=part_train.parse_parquet_files(), label_column_name="y")
experiment = Experiment(workspace, "taxi")
run = experiment.submit(Pipeline(workspace, steps=[AutoMLStep(name="learn", automl_config=config)]))
inference = Pipeline(workspace, steps=[PythonScriptStep(script_name="ask.py", inputs=[part_test])])
asked = experiment.submit(inference)
