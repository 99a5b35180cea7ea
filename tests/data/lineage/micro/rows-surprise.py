# rows: ratings in a frame
import pandas as pd
from surprise import SVD, Dataset, Reader
df = pd.read_csv("a.csv")
data = Dataset.load_from_df(df, Reader())
algo = SVD()
algo.fit(data.build_full_trainset())
