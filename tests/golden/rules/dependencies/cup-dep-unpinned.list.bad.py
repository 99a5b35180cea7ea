# %%
pip = ["azureml-defaults", "numpy==1.14.2"]  # expect: CUP-DEP-UNPINNED
# %%
deps = CondaDependencies.create(pip_packages=pip)
