import urllib.request
urllib.request.urlretrieve('https://example.org/m.bin', 'm.bin')  # expect: CUP-CODE-DOWNLOAD-UNCHECKED
