import ast
x = ast.literal_eval(input())
