import schedule
schedule.every().day.do(job)
