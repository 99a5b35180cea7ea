print(df.describe())
