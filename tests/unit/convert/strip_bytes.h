// SPDX-License-Identifier: GPL-3.0-or-later
// A file stripped in memory, proved, and what came of it: for tests of stripped copies.
#pragma once

#include "analyzers/convert/strip.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/strip_copy.h"
#include "tests/unit/check.h"

#include <cstdio>
#include <memory>
#include <string>
#include <vector>

namespace cupel::test {

inline const convert::StripWish hidden{true, false, false, {}};
inline const convert::StripWish metadata{false, true, false, {}};

inline Workspace scanOf(const std::string& path, std::string bytes)
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Workspace out;
    out.roots = {path};
    Artifact root;
    root.path = path;
    root.bytes = std::make_shared<const std::string>(std::move(bytes));
    std::vector<Artifact> open{std::move(root)};
    while (!open.empty()) {
        auto artifact = std::move(open.back());
        open.pop_back();
        auto analysis = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget, &open));
        out.analyses[analysis->artifact.path] = analysis;
    }
    return out;
}

struct Stripped {
    std::string trouble;
    std::string bytes;
    std::string items; // "kind name;"
    std::vector<std::string> notes; // what stays
    std::vector<std::string> kept; // inside of members
    std::vector<std::string> broken;
    std::size_t tensors = 0;
    std::uint64_t form = 0; // bytes that are in no item and gone
};

inline Stripped stripped(const std::string& bytes, const convert::StripWish& wish, const std::string& path = "m.bin")
{
    Stripped out;
    const auto before = scanOf(path, bytes);
    Budget budget;
    const auto plan = convert::planStrip(before, path, wish, budget);
    if (!plan) {
        out.trouble = plan.error().detail;
        return out;
    }
    CHECK(convert::writeStripped(plan.value(), budget, [&out](std::string_view piece) {
        out.bytes += piece;
        return true;
    }));
    CHECK_EQ(plan.value().bytes, out.bytes.size());
    for (const auto& item : plan.value().items) {
        out.items += std::string(toString(item.kind)) + (item.name.empty() ? "" : ' ' + item.name) + ';';
    }
    out.notes = plan.value().notes;
    out.kept = plan.value().kept;
    out.form = convert::droppedForm(plan.value());
    const auto proof = engine::proveStripped(plan.value(), before, scanOf(path, out.bytes), budget);
    out.broken = proof.broken;
    out.tensors = proof.tensors;
    for (const auto& clause : proof.broken) {
        std::printf("  %s\n", clause.c_str());
    }
    return out;
}

inline std::string little(std::uint64_t value, unsigned width)
{
    std::string out;
    for (unsigned i = 0; i < width; ++i) {
        out += static_cast<char>((value >> (8 * i)) & 0xFF);
    }
    return out;
}

} // namespace cupel::test
