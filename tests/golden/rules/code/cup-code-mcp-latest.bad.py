from mcp import StdioServerParameters
p = StdioServerParameters(command='npx', args=['-y', 'some-server'])  # expect: CUP-CODE-MCP-LATEST
