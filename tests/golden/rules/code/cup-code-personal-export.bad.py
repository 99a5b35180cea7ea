df.to_csv('/var/www/html/data.csv')  # expect: CUP-CODE-PERSONAL-EXPORT
