# 3.4: appending writes
with open("log.txt", "a") as log:
    log.write(open("a.txt").read())
