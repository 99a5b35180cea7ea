// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of model files made by hand, and what Cupel says of them.
#pragma once

#include "analyzers/engine/analyze.h"

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::test {

inline std::string number(std::uint64_t value, unsigned width, bool bigEndian = false)
{
    std::string out;
    for (unsigned i = 0; i < width; ++i) {
        out += static_cast<char>(value >> (8 * (bigEndian ? width - 1 - i : i)));
    }
    return out;
}

struct Judged {
    Analysis analysis;
    std::vector<Artifact> children;

    Judged(std::string bytes, std::string path)
    {
        Artifact artifact;
        artifact.path = std::move(path);
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        Budget budget;
        analysis = engine::analyze(std::move(artifact), {}, budget, &children);
    }
    [[nodiscard]] const Finding* finding(std::string_view rule) const
    {
        const auto found = std::find_if(analysis.findings.begin(), analysis.findings.end(),
            [rule](const Finding& one) { return one.rule == rule; });
        return found == analysis.findings.end() ? nullptr : &*found;
    }
    // Rules and severities, in order: what a test compares.
    [[nodiscard]] std::string all() const
    {
        std::string out;
        for (const auto& one : analysis.findings) {
            out += (out.empty() ? "" : " ") + one.rule.substr(4) + ":" + std::string(toString(one.severity));
        }
        return out;
    }
    [[nodiscard]] const ModelContent& model() const { return *analysis.facts.model; }
    [[nodiscard]] bool complete() const { return analysis.facts.status == ReadStatus::Complete; }
};

} // namespace cupel::test
