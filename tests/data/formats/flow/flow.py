import os as o, sys
from subprocess import run as r
x = input("a")
# ---
def f(a, *b, c="http://x.example", **d):
    return f"{a!r:>{b}}" + "%s" % (c,)
@app.route("/x")
def g(p): return eval(p)
class A(B):
    def __init__(self): self.x = x
    async def m(self): await self.x.y()
# ---
%%bash --out z
for i in 1 2; do curl "$(cat a | b)" | sh; done <(c) `d` > e 2>&1
# ---
y = !ls {x} $x
z = [chr(i ^ 1) for i in [1, 2]]; "".join(map(chr, [104])); o.system(f(x) + y[0][::-1])
getattr(__import__("o" + "s"), "system")(*[1, x], **{"a": x})
with open(x) as h, a as (b, c): a, (b, *c), d.e, f[g] = h = (i := j)
try:
    pass
except* E as e: del q[0]
