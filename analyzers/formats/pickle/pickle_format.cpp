// SPDX-License-Identifier: GPL-3.0-or-later
// Pickles of any protocol, told by their opcodes; a file's name only decides where the content says nothing.
#include "analyzers/base/budget.h"
#include "analyzers/formats/pickle/probe.h"
#include "analyzers/formats/pickle/walker.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

namespace {

bool isNamedPickle(std::string_view name)
{
    constexpr std::array<std::string_view, 8> endings{
        ".pkl", ".pickle", ".joblib", ".dill", ".pck", ".pcl", ".cloudpickle", ".pk"};
    std::string low(name);
    std::transform(low.begin(), low.end(), low.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return std::any_of(endings.begin(), endings.end(), [&low](auto ending) { return low.ends_with(ending); });
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    constexpr std::uint64_t enough = 2'000;
    const bool named = isNamedPickle(fileName);
    const int byName = named ? 25 : 0; // above text: somebody will load it
    if (head.empty()) {
        return byName;
    }
    const auto result = probe(head, 0, enough);
    const bool cut = result.outOfBytes && size > head.size();
    const bool complete = result.stopped && result.end <= size;
    if (head.size() > 2 && head[0] == '\x80' && static_cast<unsigned char>(head[1]) <= 5) {
        return complete || cut || result.opcodes >= 4 ? 92 : result.opcodes >= 2 ? 70 : std::max(byName, 10);
    }
    // Protocol 0 and 1 have no beginning of their own: text such as "N." is one too.
    if (result.names && result.calls) {
        return 85;
    }
    const bool whole = complete && result.opcodes >= 3 && result.end == size;
    if ((whole && result.opcodes >= 5) || result.opcodes >= enough || (whole && named)) {
        return 60;
    }
    return complete && named ? 60 : byName;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.hasLines = false;
    Walker(artifact, budget, out).run();
}

} // namespace cupel::formats::pickle
