// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/code_kinds.h"

#include <algorithm>
#include <iterator>

namespace cupel::threats {

namespace {

enum class Is : std::uint8_t { Model, LocalModel, Agent, ToolServer, Store, RemoteStore, Interface, Tracing };

struct ModuleRow {
    std::string_view module;
    Is is;
    std::string_view service; // empty: it can be any
};
constexpr ModuleRow modules[] = {{"anthropic", Is::Model, "Anthropic"}, {"autogen", Is::Agent, {}},
    {"autogen_agentchat", Is::Agent, {}}, {"chainlit", Is::Interface, {}}, {"chromadb", Is::Store, "Chroma"},
    {"cohere", Is::Model, "Cohere"}, {"crewai", Is::Agent, {}}, {"dspy", Is::Model, {}},
    {"faiss", Is::Store, "FAISS index"}, {"fastapi", Is::Interface, {}}, {"fastmcp", Is::ToolServer, {}},
    {"flask", Is::Interface, {}}, {"google.genai", Is::Model, "Google Gemini"},
    {"google.generativeai", Is::Model, "Google Gemini"}, {"gradio", Is::Interface, {}}, {"groq", Is::Model, "Groq"},
    {"guidance", Is::Model, {}}, {"haystack", Is::Model, {}}, {"lancedb", Is::Store, "LanceDB"},
    {"langchain", Is::Model, {}}, {"langchain_anthropic", Is::Model, "Anthropic"},
    {"langchain_chroma", Is::Store, "Chroma"}, {"langchain_cohere", Is::Model, "Cohere"},
    {"langchain_community", Is::Model, {}}, {"langchain_core", Is::Model, {}},
    {"langchain_google_genai", Is::Model, "Google Gemini"}, {"langchain_groq", Is::Model, "Groq"},
    {"langchain_mistralai", Is::Model, "Mistral"}, {"langchain_ollama", Is::LocalModel, "Ollama"},
    {"langchain_openai", Is::Model, "OpenAI"}, {"langchain_pinecone", Is::RemoteStore, "Pinecone"},
    {"langchain_qdrant", Is::Store, "Qdrant"}, {"langchain_weaviate", Is::Store, "Weaviate"},
    {"langfuse", Is::Tracing, "Langfuse"}, {"langgraph", Is::Agent, {}}, {"langsmith", Is::Tracing, "LangSmith"},
    {"litellm", Is::Model, {}}, {"llama_cpp", Is::LocalModel, "llama.cpp"}, {"llama_index", Is::Model, {}},
    {"mcp", Is::ToolServer, {}}, {"mistralai", Is::Model, "Mistral"}, {"ollama", Is::LocalModel, "Ollama"},
    {"openai", Is::Model, "OpenAI"}, {"pgvector", Is::Store, "pgvector"}, {"pinecone", Is::RemoteStore, "Pinecone"},
    {"pydantic_ai", Is::Agent, {}}, {"pymilvus", Is::Store, "Milvus"}, {"qdrant_client", Is::Store, "Qdrant"},
    {"replicate", Is::Model, "Replicate"}, {"semantic_kernel", Is::Model, {}}, {"smolagents", Is::Agent, {}},
    {"streamlit", Is::Interface, {}}, {"together", Is::Model, "Together AI"}, {"vertexai", Is::Model, "Vertex AI"},
    {"vllm", Is::LocalModel, "vLLM"}, {"weaviate", Is::Store, "Weaviate"}};

struct ToolRow {
    std::string_view rule; // of the scan
    std::string_view tool;
};
constexpr ToolRow tools[] = {{"CUP-CODE-AGENT-DATAFRAME", "python-repl"}, {"CUP-CODE-AGENT-FILES", "files"},
    {"CUP-CODE-AGENT-PYTHON", "python-repl"}, {"CUP-CODE-AGENT-REQUESTS", "http"}, {"CUP-CODE-AGENT-SHELL", "shell"},
    {"CUP-CODE-AGENT-SQL", "db-write"}};

const ModuleRow* rowOf(std::string_view module)
{
    for (;;) { // "google.genai.types" is of "google.genai"
        const auto found = std::lower_bound(std::begin(modules), std::end(modules), module,
            [](const ModuleRow& row, std::string_view name) { return row.module < name; });
        if (found != std::end(modules) && found->module == module) {
            return found;
        }
        const auto dot = module.rfind('.');
        if (dot == std::string_view::npos) {
            return nullptr;
        }
        module = module.substr(0, dot);
    }
}

void take(CodeKinds& out, const ModuleRow& row)
{
    const bool model = row.is == Is::Model || row.is == Is::LocalModel;
    out.languageModel = out.languageModel || model || row.is == Is::Agent;
    out.agent = out.agent || row.is == Is::Agent;
    out.toolServer = out.toolServer || row.is == Is::ToolServer;
    out.userInterface = out.userInterface || row.is == Is::Interface;
    if (!row.service.empty()) {
        const std::string_view kind = model ? "llm-provider" : row.is == Is::Tracing ? "monitoring" : "vector-store";
        out.services.insert({kind, row.service, row.is != Is::LocalModel && row.is != Is::Store});
    }
}

} // namespace

CodeKinds codeKindsOf(const Analysis& analysis)
{
    CodeKinds out;
    for (const auto& dependency : analysis.dependencies) {
        if (dependency.source == DependencySource::Import) {
            if (const ModuleRow* row = rowOf(dependency.module)) {
                take(out, *row);
            }
        }
    }
    for (const auto& finding : analysis.findings) {
        const std::string_view rule = finding.rule;
        if (rule.starts_with("CUP-CODE-AGENT-")) {
            out.agent = out.languageModel = true;
            out.approvesAll = out.approvesAll || rule == "CUP-CODE-AGENT-AUTO-APPROVE";
            out.fetches = out.fetches || rule == "CUP-CODE-AGENT-REQUESTS";
        }
        out.languageModel = out.languageModel || rule.starts_with("CUP-CODE-LLM-");
        for (const ToolRow& row : tools) {
            if (row.rule == rule && std::find(out.tools.begin(), out.tools.end(), row.tool) == out.tools.end()) {
                out.tools.push_back(row.tool);
            }
        }
    }
    return out;
}

} // namespace cupel::threats
