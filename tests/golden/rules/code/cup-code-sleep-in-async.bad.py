import time
async def f():
    time.sleep(1)  # expect: CUP-CODE-SLEEP-IN-ASYNC
