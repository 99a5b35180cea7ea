# rows: a flavour of a model is saved
import mlflow.lightgbm
import lightgbm as lgb
booster = lgb.Booster(model_file="a.txt")
mlflow.lightgbm.save_model(booster, "out")
