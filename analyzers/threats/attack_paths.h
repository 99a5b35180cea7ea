// SPDX-License-Identifier: GPL-3.0-or-later
// Ways from where nobody is trusted to what must not fall: simple paths along flows, shortest first. What lies on many
// of them is where a control helps most.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/threats/rules/model_index.h"

#include <cstddef>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::threats {

struct AttackPath {
    std::vector<std::string> elements; // ids, from the attacker to the jewel
    std::vector<std::string> flows; // ids, one fewer
};

struct AttackPaths {
    std::vector<AttackPath> paths; // by length, then by their elements
    bool complete = true; // false: there are more than `most`, or the budget ended it
};

struct PathOptions {
    std::size_t longest = 8; // flows of a path
    std::size_t most = 1'000;
    int untrusted = 20; // the highest trust of a zone that attackers are in
};

// What an attacker wants: said so by a person, confidential, a model in service, a store of secrets.
[[nodiscard]] bool isJewel(const Element& element);
// Which threats lie on a path: at its elements and at its flows. The model has to live as long.
class ThreatsByPart {
public:
    explicit ThreatsByPart(const ThreatModel& model);
    [[nodiscard]] std::vector<std::uint32_t> on(const AttackPath& path) const; // indices, in the order of the path

private:
    std::map<std::string_view, std::vector<std::uint32_t>> m_threats;
};

[[nodiscard]] AttackPaths attackPaths(const ModelIndex& model, const PathOptions& options, Budget& budget);

} // namespace cupel::threats
