// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/code_kinds.h"

#include "analyzers/threats/derive/imports.h"
#include "analyzers/threats/knowledge/tables.h"

#include <algorithm>
#include <iterator>

namespace cupel::threats {

namespace {

struct ToolRow {
    std::string_view rule; // of the scan
    std::string_view tool;
};
constexpr ToolRow tools[] = {{"CUP-CODE-AGENT-DATAFRAME", "python-repl"}, {"CUP-CODE-AGENT-FILES", "files"},
    {"CUP-CODE-AGENT-PYTHON", "python-repl"}, {"CUP-CODE-AGENT-REQUESTS", "http"}, {"CUP-CODE-AGENT-SHELL", "shell"},
    {"CUP-CODE-AGENT-SQL", "db-write"}};

// As it is written in code, and in the quotes of a notebook.
bool asksPeople(std::string_view code)
{
    static constexpr std::string_view signs[] = {"human_input=True", "human_input = True",
        "human_input_mode=\"ALWAYS\"", "human_input_mode='ALWAYS'", "human_input_mode=\\\"ALWAYS\\\"",
        "HumanApprovalCallbackHandler(", "interrupt_before=["};
    return std::any_of(std::begin(signs), std::end(signs),
        [code](std::string_view sign) { return code.find(sign) != std::string_view::npos; });
}

constexpr std::string_view anyStore = "Vector store"; // of packages.tsv

void take(CodeKinds& out, const PackageRow& row)
{
    const bool local = row.is == "local-model";
    const bool model = row.is == "model" || local;
    out.languageModel = out.languageModel || model || row.is == "agent";
    out.agent = out.agent || row.is == "agent";
    out.toolServer = out.toolServer || row.is == "tool-server";
    out.defines = out.defines || row.is == "tools";
    out.limited = out.limited || row.is == "limiter";
    out.userInterface = out.userInterface || row.is == "interface";
    if (!row.service.empty()) {
        const bool looks = row.is == "monitoring" || row.is == "drift"; // at data and predictions
        const bool watches = row.is == "tracing" || looks;
        const std::string_view kind = model ? "llm-provider" : watches ? "monitoring" : "vector-store";
        out.services.insert({kind, row.service, !local && row.is != "store" && !looks});
    }
}

} // namespace

bool isLanguageModel(std::string_view name)
{
    const PackageRow* row = packageOf(name);
    return row && (row->is == "model" || row->is == "local-model" || row->is == "agent");
}

CodeKinds codeKindsOf(const Analysis& analysis, std::string_view code)
{
    CodeKinds out;
    for (const std::string& import : importsIn(code)) {
        if (const PackageRow* row = packageOf(import)) {
            take(out, *row);
        }
    }
    out.asksPeople = asksPeople(code);
    if (out.services.size() > 1) { // one that is named says more than that there is one
        std::erase_if(out.services, [](const Service& service) { return service.name == anyStore; });
    }
    for (const auto& dependency : analysis.dependencies) {
        if (dependency.source == DependencySource::Import) {
            if (const PackageRow* row = packageOf(dependency.module)) {
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
