# 4.3: set.add and update
names = set()
names.add(open("a.txt").read())
names.update(open("b.txt").read().split())
open("out.txt", "w").write(" ".join(names))
