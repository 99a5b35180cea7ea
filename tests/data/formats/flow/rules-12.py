from Crypto.PublicKey import RSA
k = RSA.generate(1024)
# ---
from Crypto.Cipher import AES
c = AES.new('', AES.MODE_GCM)
# ---
f = open(input())
# ---
import boto3
boto3.client('s3').put_object(Bucket='b', Key='k', Body=b'', ACL='public-read')
# ---
model.push_to_hub('team/model')
# ---
import re
re.match('(a+)+$', text)
# ---
from flask import request
x = float(request.args['x'])
# ---
import jinja2
e = jinja2.Environment(autoescape=False)
# ---
from email.mime.text import MIMEText
m = MIMEText(f'<b>{name}</b>', 'html')
# ---
from distributed.security import Security
s = Security(require_encryption=False)
# ---
df.to_csv('/var/www/html/data.csv')
# ---
from openai import OpenAI
r = OpenAI().chat.completions.create(model='m', messages=[])
exec(r.choices[0].message.content)
