class A:
    def __init__(self):  # expect: CUP-CODE-INIT-RETURN
        return 1  # expect: CUP-CODE-INIT-RETURN
