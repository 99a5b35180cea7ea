# 4.3: += of a text makes a new one
text = open("a.txt").read()
same = text
text += open("b.txt").read()
open("out.txt", "w").write(same)
