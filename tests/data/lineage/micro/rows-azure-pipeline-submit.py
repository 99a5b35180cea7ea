# rows: a pipeline that is submitted is a training of its steps
from azureml.core import Dataset, Workspace
from azureml.pipeline.core import Pipeline
from azureml.pipeline.steps import PythonScriptStep
space = Workspace.from_config()
rows = Dataset.Tabular.from_delimited_files("https://example.org/a.csv")
step = PythonScriptStep(script_name="learn.py", inputs=[rows.as_named_input("rows")])
job = Pipeline(workspace=space, steps=[step]).submit("trial")
