// SPDX-License-Identifier: GPL-3.0-or-later
// What every fuzz target shares. A target is LLVMFuzzerTestOneInput alone: with clang it becomes a libFuzzer binary,
// without it runner_main.cpp drives the same code over the files of tests/data as an ordinary test.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/base/bytes.h"
#include "analyzers/model/analysis.h"

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace cupel::fuzz {

// A promise of the code under test: a broken one stops the fuzzer like a crash does.
inline void must(bool holds, const char* promise)
{
    if (!holds) {
        std::fprintf(stderr, "broken promise: %s\n", promise);
        std::abort();
    }
}

inline ByteView viewOf(const std::uint8_t* data, std::size_t size)
{
    return {reinterpret_cast<const char*>(data), size};
}

// Small enough that one hostile input costs milliseconds, large enough that every limit's far side is reached.
inline Limits smallLimits()
{
    Limits limits;
    limits.inflatedBytes = 8 << 20;
    limits.memberBytes = 2 << 20;
    limits.entries = 500;
    limits.containerDepth = 2;
    limits.jsonDepth = 64;
    limits.findingsPerRule = 20;
    return limits;
}

inline Artifact artifactOf(const std::uint8_t* data, std::size_t size, const char* name)
{
    Artifact artifact;
    artifact.path = name;
    artifact.bytes = std::make_shared<const std::string>(viewOf(data, size));
    return artifact;
}

// Facts and findings of anything: every range lies inside what it points into, every cap was kept.
void checkFacts(const Artifact& artifact, const Facts& facts, const Limits& limits);
// The graph of what was parsed, folded and drawn: every edge has two ends, every node its place.
void checkGraph(const Artifact& artifact, const Facts& facts, const Limits& limits);
void checkLoaders(const Artifact& artifact, const Facts& facts); // what they would do, and why
void checkAnalysis(const Analysis& analysis, const Limits& limits);

} // namespace cupel::fuzz
