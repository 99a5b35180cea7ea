exec(text)  # expect: CUP-CODE-EXEC
