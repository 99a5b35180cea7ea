import hashlib, os
h = hashlib.pbkdf2_hmac('sha256', p, os.urandom(16), 100000)
