# 3.2: a local function of a known name is not the library's
def read_csv(path):
    return [1, 2, 3]
rows = read_csv("a.csv")
print(rows)
