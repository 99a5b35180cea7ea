from Crypto.Cipher import AES
c = AES.new('', AES.MODE_GCM)  # expect: CUP-CODE-EMPTY-KEY
