import pandas as pd
df = pd.read_pickle('data.pkl')  # expect: CUP-CODE-PANDAS-PICKLE
