import hashlib
h = hashlib.pbkdf2_hmac('sha256', p, b'salt', 100000)  # expect: CUP-CODE-FIXED-SALT
