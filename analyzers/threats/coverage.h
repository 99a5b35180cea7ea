// SPDX-License-Identifier: GPL-3.0-or-later
// How far a model answers the items of a framework: never a share in per cent, but for each item one of four words.
// Only items that rules refer to can be answered by a scan; all others are said to be not assessable, not passed.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

enum class ItemState : std::uint8_t {
    Evidence, // every threat of it is refuted by a scan, or decided and not contradicted by one
    Claimed, // somebody decided about it, and no scan can tell
    Gap, // a threat of it is open
    NotAssessable, // no rule that could fire here refers to it
};
[[nodiscard]] std::string_view toString(ItemState state); // "not-assessable"

struct CoverageItem {
    std::string id;
    std::string title;
    ItemState state = ItemState::NotAssessable;
    std::vector<std::string> threats; // ids of those that are open
    std::vector<std::string> settled; // ids of those that somebody decided about
    std::size_t refuted = 0; // that a scan refutes
    std::string basis = {}; // where it comes from that these threats are about it; empty: their rules refer to it
};

struct Lens {
    std::string_view id; // "atlas"
    std::string_view title;
    std::vector<CoverageItem> items; // in the order of the framework
};

// ATLAS, OWASP (ML 2023, LLM 2025 and 2026, Agentic 2026, MCP 2025), NIST (AI RMF, AI 600-1, adversarial ML), ISO/IEC
// 42001 Annex A, EU AI Act Annex IV. Items of the AI RMF are answered by people alone: a scan can only show a gap
// there.
[[nodiscard]] std::vector<Lens> coverageOf(const ThreatModel& model);

} // namespace cupel::threats
