import pandas as pd
df = pd.read_csv('/home/bob/data.csv')  # expect: CUP-CODE-ABSOLUTE-PATH
