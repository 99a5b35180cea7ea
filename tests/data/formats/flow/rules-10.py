import jwt
jwt.encode({'a': 1}, None, algorithm='none')
# ---
import jwt
jwt.decode(t, options={'verify_signature': False})
# ---
from flask import Flask
app = Flask(__name__)
app.config['SECRET_KEY'] = 'abc'
# ---
import psycopg2
c = psycopg2.connect(user='a', password='')
# ---
from google.colab import drive
drive.mount('/content/drive')
# ---
password = input('Password: ')
# ---
!git clone https://{user}:{token}@github.com/x/y
# ---
cursor.execute("SELECT * FROM t WHERE name = '%s'" % name)
# ---
cursor.execute("SELECT * FROM t WHERE name = '" + input() + "'")
# ---
df = spark.sql(f"SELECT * FROM t WHERE c = '{name}'")
# ---
from google.cloud import bigquery
bigquery.Client().query(f"SELECT * FROM t WHERE c = '{name}'")
# ---
%%sql
SELECT * FROM t WHERE name = '{name}'
