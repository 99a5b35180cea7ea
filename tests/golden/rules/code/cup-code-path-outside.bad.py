f = open(input())  # expect: CUP-CODE-PATH-OUTSIDE
