# roles: a formula names label and features
import statsmodels.formula.api as smf
import pandas as pd
df = pd.read_csv("a.csv")
m = smf.ols("y ~ x + z", data=df).fit()
