import ssl
ssl.create_default_context().set_ciphers('ALL')  # expect: CUP-CODE-TLS-CIPHERS
