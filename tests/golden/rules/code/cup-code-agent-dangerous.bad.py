from langchain_experimental.agents import create_csv_agent
a = create_csv_agent(llm, 'd.csv', allow_dangerous_code=True)  # expect: CUP-CODE-AGENT-DANGEROUS
