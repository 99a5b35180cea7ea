import ssl
ssl.create_default_context()
