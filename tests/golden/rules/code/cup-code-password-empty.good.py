import os, psycopg2
c = psycopg2.connect(user='a', password=os.environ['PW'])
