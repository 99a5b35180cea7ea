// SPDX-License-Identifier: GPL-3.0-or-later
// Collects findings of this group: the same thing said again in the same artifact becomes evidence of the first.
#pragma once

#include "analyzers/rules/dependencies/inventory.h"
#include "analyzers/rules/sink.h"

#include <map>
#include <string>
#include <utility>
#include <vector>

namespace cupel::rules::dependencies {

// Text of the file that a message repeats, and where it stands.
using Quote = std::pair<ByteRange, std::string>;

class Reporter {
public:
    // `text`: that of the artifact, which the places stand in; it must stay.
    Reporter(FindingSink& sink, ByteView text)
        : m_sink(sink)
        , m_text(text)
    {
    }

    // `key` tells what is the same: findings of one rule and key are one, of the worst severity.
    Hit& add(std::string_view rule, const std::string& key, Severity severity, Confidence confidence,
        const Place& place, std::string message);
    // Another place of a hit; places of one line are one, for the line shows them all. Who decides about the hit
    // decides about what stands at each of them.
    void also(Hit& hit, const Place& place);
    // Gives everything to the sink, in the order of first places.
    void finish() &&;

private:
    void standsFor(std::size_t hit, const Place& place);
    FindingSink& m_sink;
    ByteView m_text;
    std::map<std::pair<std::string, std::string>, std::size_t> m_index;
    std::vector<Hit> m_hits;
    std::vector<std::size_t> m_counts;
    std::vector<std::vector<std::string>> m_texts; // of each hit: all that it stands for
};

// A name, version or URL as a message may show it: printable, at most 80 bytes, without credentials.
[[nodiscard]] std::string shown(std::string_view text);
// "a, b, c and 4 more"
[[nodiscard]] std::string listed(const std::vector<std::string>& names);

} // namespace cupel::rules::dependencies
