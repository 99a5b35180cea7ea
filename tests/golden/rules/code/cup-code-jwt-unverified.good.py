import jwt
jwt.decode(t, key, algorithms=['HS256'])
