import mlflow
import pandas as pd
m = mlflow.pyfunc.load_model("models:/irism/Production")
pd.DataFrame(m.predict(pd.read_csv("new.csv"))).to_csv("out.csv")
