# leakage: what the pipeline chooses, or lets through, holds the label
import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector, make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
df = pd.read_csv("a.csv")
train, test = train_test_split(df)
both = ColumnTransformer([("n", StandardScaler(), ["a", "y"])])
make_pipeline(both, LogisticRegression()).fit(train, train["y"])
rest = ColumnTransformer([("n", StandardScaler(), ["a"])], remainder="passthrough")
make_pipeline(rest, LogisticRegression()).fit(train, train["y"])
make_pipeline(StandardScaler(), LogisticRegression()).fit(train, train["y"])
