# 4.6, clean twin: names of classes, comprehensions, handlers and loops
import sys
class Box:
    size = 3
    def area(self):
        return self.size * __class__.size
for n, (a, b) in enumerate([(1, 2)]):
    print(n, a, b)
try:
    pass
except ValueError as problem:
    print(problem)
print({k: v for k, v in zip("a", [1])}, [i for i in range(3) if i])
with open("x") as handle:
    print(handle)
def outer():
    inner = 1
    def get():
        nonlocal inner
        inner += 1
        return inner
    return get
lambda q, *rest, key=None, **more: (q, rest, key, more)
outer()(), Box().area(), sys
