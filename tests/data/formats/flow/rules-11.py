import pandas as pd
pd.read_html('https://example.org')
# ---
import xml.etree.ElementTree as ET
ET.parse('f.xml')
# ---
import csv
csv.writer(f).writerow([input()])
# ---
import tempfile
name = tempfile.mktemp()
# ---
f = open('/tmp/data.txt', 'w')
# ---
import hashlib
h = hashlib.md5(data).hexdigest()
# ---
import hashlib
h = hashlib.md5(password.encode()).hexdigest()
# ---
import hashlib
key = hashlib.md5(email.encode()).hexdigest()
# ---
import random
token = ''.join(random.choice('abc') for _ in range(9))
# ---
import hashlib
h = hashlib.pbkdf2_hmac('sha256', p, b'salt', 100000)
# ---
from Crypto.Cipher import DES
c = DES.new(key)
# ---
from Crypto.Cipher import AES
c = AES.new(key, AES.MODE_ECB)
