// SPDX-License-Identifier: GPL-3.0-or-later
// Protocol Buffers written by hand, and what the engine finds in such a file.
#pragma once

#include "analyzers/engine/analyze.h"
#include "analyzers/formats/registry.h"

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>

namespace cupel::test {

inline std::string varint(std::uint64_t value)
{
    std::string out;
    for (; value > 0x7F; value >>= 7) {
        out += static_cast<char>((value & 0x7F) | 0x80);
    }
    return out + static_cast<char>(value);
}

inline std::string field(std::uint32_t number, std::string_view bytes)
{
    return varint(number << 3 | 2) + varint(bytes.size()) + std::string(bytes);
}

inline std::string number(std::uint32_t field, std::uint64_t value)
{
    return varint(std::uint64_t{field} << 3) + varint(value);
}

// A file as the engine sees it.
struct Looked {
    Analysis analysis;
    std::vector<Artifact> children;

    explicit Looked(std::string bytes, std::string path)
    {
        Artifact artifact;
        artifact.path = std::move(path);
        artifact.bytes = std::make_shared<const std::string>(std::move(bytes));
        Budget budget;
        analysis = engine::analyze(std::move(artifact), {}, budget, &children);
    }
    [[nodiscard]] bool hasFinding(std::string_view rule) const
    {
        return std::any_of(analysis.findings.begin(), analysis.findings.end(),
            [&](const Finding& finding) { return finding.rule == rule; });
    }
    [[nodiscard]] bool isComplete() const { return analysis.facts.status == ReadStatus::Complete; }
    [[nodiscard]] bool isClean() const { return isComplete() && analysis.findings.empty(); }
    [[nodiscard]] std::string format() const { return std::string(analysis.facts.format); }
    [[nodiscard]] const ModelContent& model() const { return *analysis.facts.model; }
};

} // namespace cupel::test
