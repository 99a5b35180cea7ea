// SPDX-License-Identifier: GPL-3.0-or-later
// What a code file is besides code: an application around a language model, an agent with tools, the user of a vector
// store. Told by what it imports and by what the scan found in it.
#pragma once

#include "analyzers/model/analysis.h"

#include <set>
#include <string_view>
#include <vector>

namespace cupel::threats {

struct Service {
    std::string_view kind; // "llm-provider", "vector-store", "monitoring"
    std::string_view name; // "OpenAI"
    bool outside = false; // it runs at somebody else's
    friend bool operator<(const Service& one, const Service& other) { return one.name < other.name; }
};

struct CodeKinds {
    bool languageModel = false;
    bool agent = false;
    bool toolServer = false; // it offers tools to agents of others (MCP)
    bool defines = false; // it defines tools of its own
    bool userInterface = false; // people can send it something: a web application
    std::set<Service> services;
    std::vector<std::string_view> tools; // of an agent, in the words of the rules: "shell", "python-repl", "db-write"
    bool limited = false; // how often somebody may call it
    bool asksPeople = false; // before an agent goes on
    bool approvesAll = false; // nobody is asked before a tool runs
    bool fetches = false; // a tool reads from anywhere in the net
};
[[nodiscard]] bool isLanguageModel(std::string_view name); // of a module, or of what is called of one
// `code`: the file as it is on disk, which says what of a package is imported; empty: only its findings and packages
// count.
[[nodiscard]] CodeKinds codeKindsOf(const Analysis& analysis, std::string_view code = {});

} // namespace cupel::threats
