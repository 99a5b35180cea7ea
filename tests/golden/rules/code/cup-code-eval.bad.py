x = eval(text)  # expect: CUP-CODE-EVAL
