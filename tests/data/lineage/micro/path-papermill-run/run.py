import papermill as pm
pm.execute_notebook("steps/clean.ipynb", "done.ipynb", parameters={"source": "may.csv", "target": "may-out.csv"})
