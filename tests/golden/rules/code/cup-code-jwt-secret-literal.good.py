import os, jwt
jwt.encode({'a': 1}, os.environ['KEY'], algorithm='HS256')
