!sudo rm -rf /usr/lib/x
# ---
!chmod -R 777 /data
# ---
!rm -rf /
# ---
from mcp import StdioServerParameters
p = StdioServerParameters(command='npx', args=['-y', 'some-server'])
# ---
import requests
requests.get('https://example.org', verify=False, timeout=9)
# ---
import ssl
ctx = ssl._create_unverified_context()
# ---
import os
os.environ['PYTHONHTTPSVERIFY'] = '0'
# ---
import urllib3
urllib3.disable_warnings()
# ---
import ssl
ctx = ssl.SSLContext(ssl.PROTOCOL_TLSv1)
# ---
import ssl
ssl.create_default_context().set_ciphers('ALL')
# ---
import requests
requests.get('http://data.example.org/train.csv', timeout=9)
# ---
import http.client
c = http.client.HTTPConnection('example.org')
