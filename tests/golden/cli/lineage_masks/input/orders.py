import pandas as pd

orders = pd.read_sql("select * from orders", "postgresql://reader:Tr0ub4dor-horse@db.example.org:5432/shop")
rows = pd.read_csv("https://hooks.slack.com/services/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")
rows.to_csv("rows.csv")
