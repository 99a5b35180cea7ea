import tempfile
name = tempfile.mktemp()  # expect: CUP-CODE-TEMP-NAME
