from langchain.chains import LLMMathChain
c = LLMMathChain.from_llm(llm)  # expect: CUP-CODE-LLM-MATH-CHAIN
