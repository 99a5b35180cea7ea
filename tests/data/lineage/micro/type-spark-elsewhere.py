# 3.3: a session that unknown code made is asked for a reader
from lab.sessions import start
session = start()
df = session.read.option("header", True).csv("a.csv")
df.toPandas().to_csv("out.csv")
