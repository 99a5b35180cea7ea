# 3.4: the mode of open decides
text = open("a.txt").read()
out = open("out.txt", mode="w")
out.write(text)
out.close()
