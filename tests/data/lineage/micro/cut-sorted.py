# 4.3: sorted gives a new list
names = open("a.txt").read().split()
other = sorted(names)
other.append(open("b.txt").read())
open("out.txt", "w").write(" ".join(names))
