x = eval(input())  # expect: CUP-CODE-EVAL-OUTSIDE
