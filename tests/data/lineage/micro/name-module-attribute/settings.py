SOURCE = "a.csv"
