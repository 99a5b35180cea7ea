# 4.6: a free name of a function that nobody defines
def area(r):
    return pi * r * r
print(area(3))
