df.to_csv('out/data.csv')
