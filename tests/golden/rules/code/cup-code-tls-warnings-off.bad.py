import urllib3
urllib3.disable_warnings()  # expect: CUP-CODE-TLS-WARNINGS-OFF
