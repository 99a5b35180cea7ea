// SPDX-License-Identifier: GPL-3.0-or-later
// Applications of language models: what code talks to (provider, vector store, tracing) and who talks to it.
#pragma once

#include "analyzers/threats/derive/code_kinds.h"
#include "analyzers/threats/derive/model_builder.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cupel::threats {

using KindsByPath = std::map<std::string, CodeKinds, std::less<>>;

[[nodiscard]] std::string_view roleOf(const CodeKinds& kinds); // "agent", "agent-tool", "llm-app"; empty: none
// Elements that were added beside the one of their code, each with that one.
[[nodiscard]] std::vector<std::pair<std::uint32_t, std::uint32_t>> drawApplications(
    ModelBuilder& builder, const KindsByPath& kinds);

} // namespace cupel::threats
