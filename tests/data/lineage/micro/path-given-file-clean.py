# 3.4: a call that says that it writes, or names a place, reads nothing
from some_library import save_all, plot, exists
save_all("a.csv")
plot("b.csv")
exists("c.csv")
