import psycopg2
c = psycopg2.connect(user='a', password='')  # expect: CUP-CODE-PASSWORD-EMPTY
