// SPDX-License-Identifier: GPL-3.0-or-later
// One file judged with all rules, and what came out of it: for tests of containers.
#pragma once

#include "analyzers/engine/analyze.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::test {

struct Looked {
    Analysis analysis;
    std::vector<Artifact> children;

    explicit Looked(std::string bytes, std::string path = "model.pt", const Limits& limits = {})
        : m_limits(limits)
    {
        Artifact artifact;
        artifact.path = std::move(path);
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        look(std::move(artifact));
    }
    explicit Looked(Artifact artifact) { look(std::move(artifact)); }
    [[nodiscard]] bool hasChild(std::string_view content) const
    {
        return std::any_of(
            children.begin(), children.end(), [&](const Artifact& child) { return child.view() == content; });
    }
    [[nodiscard]] const Artifact* child(std::string_view member) const
    {
        const auto found = std::find_if(
            children.begin(), children.end(), [&](const Artifact& one) { return one.memberName() == member; });
        return found == children.end() ? nullptr : &*found;
    }
    [[nodiscard]] bool hasFinding(std::string_view rule) const
    {
        return std::any_of(analysis.findings.begin(), analysis.findings.end(),
            [&](const Finding& finding) { return finding.rule == rule; });
    }
    [[nodiscard]] bool complete() const { return analysis.facts.status == ReadStatus::Complete; }

private:
    void look(Artifact artifact)
    {
        Budget budget(m_limits);
        analysis = engine::analyze(std::move(artifact), {}, budget, &children);
    }

    Limits m_limits;
};

inline std::string dataFile(std::string_view name)
{
    return readFile(std::string(CUPEL_SOURCE_DIR "/tests/data/formats/") + std::string(name)).value_or("");
}

} // namespace cupel::test
