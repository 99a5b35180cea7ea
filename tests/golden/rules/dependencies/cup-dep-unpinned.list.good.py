# %%
pip = ["numpy==1.14.2"]
names = ["azureml-defaults"]
# %%
deps = CondaDependencies.create(pip_packages=pip)
