import ollama
ollama.generate(model='m', prompt=f'Write to {customer_email}')  # expect: CUP-CODE-PROMPT-PERSONAL
