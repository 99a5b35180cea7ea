# leakage, clean twin: the pipeline chooses its columns, and the label is none of them
import pandas as pd
from sklearn.compose import ColumnTransformer, make_column_selector, make_column_transformer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GridSearchCV, cross_val_score, train_test_split
from sklearn.pipeline import FeatureUnion, Pipeline, make_pipeline
from sklearn.preprocessing import FunctionTransformer, OneHotEncoder, StandardScaler
df = pd.read_csv("a.csv")
train, test = train_test_split(df)
numeric, named = ["a", "b"], ["c"]
pick = ColumnTransformer([("n", StandardScaler(), numeric), ("c", OneHotEncoder(), named)])
Pipeline([("pick", pick), ("m", LogisticRegression())]).fit(train, train["y"])
make_pipeline(pick, LogisticRegression()).fit(train, train.y)
GridSearchCV(make_pipeline(pick, LogisticRegression()), {}).fit(train, train["y"])
cross_val_score(make_pipeline(pick, LogisticRegression()), df, df["y"])
make_pipeline(make_column_transformer((StandardScaler(), numeric)), LogisticRegression()).fit(train, train["y"])
rest = train.columns.drop("y")
make_pipeline(ColumnTransformer([("n", StandardScaler(), rest)]), LogisticRegression()).fit(train, train["y"])
numbers = make_column_selector(pattern="^x")
make_pipeline(ColumnTransformer([("n", StandardScaler(), numbers)]), LogisticRegression()).fit(train, train["y"])
out = ColumnTransformer([("gone", "drop", ["y"])], remainder="passthrough")
make_pipeline(out, LogisticRegression()).fit(train, train["y"])
some = FunctionTransformer(lambda frame: frame[["a"]])
make_pipeline(FeatureUnion([("some", some), ("pick", pick)]), LogisticRegression()).fit(train, train["y"])
class Choose:
    def fit(self, X, y=None):
        return self
    def transform(self, X):
        return X[["a", "b"]]
make_pipeline(Choose(), LogisticRegression()).fit(train, train["y"])
