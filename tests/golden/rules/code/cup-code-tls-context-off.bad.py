import ssl
ctx = ssl._create_unverified_context()  # expect: CUP-CODE-TLS-CONTEXT-OFF
