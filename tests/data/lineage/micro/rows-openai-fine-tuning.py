# a job that tunes is given the file that was uploaded for it
from openai import OpenAI
client = OpenAI()
rows = client.files.create(file=open("ft.jsonl", "rb"), purpose="fine-tune")
job = client.fine_tuning.jobs.create(training_file=rows.id, model="gpt-4o-mini")
