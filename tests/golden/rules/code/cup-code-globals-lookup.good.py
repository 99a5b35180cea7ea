f = {'a': print}[name]
f()
