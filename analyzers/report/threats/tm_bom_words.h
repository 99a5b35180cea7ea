// SPDX-License-Identifier: GPL-3.0-or-later
// What a bill of the OWASP Threat Model Library calls things: its "symbolic names", and the words of its closed lists
// that stand for what a model says.
#pragma once

#include "analyzers/threats/threat_model.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::report::bill {

constexpr std::string_view persona = "not-described";
constexpr std::string_view outside = "no-zone";

// Of small letters, digits and hyphens, each once in a file.
class SymbolicNames {
public:
    SymbolicNames();
    void add(std::string_view kind, const std::string& id); // `kind` is the name of an id without a letter or digit
    [[nodiscard]] bool has(const std::string& id) const { return m_names.contains(id); }
    [[nodiscard]] std::string_view of(const std::string& id) const; // of no part: `outside`

private:
    std::map<std::string, std::string> m_names; // by id
    std::set<std::string> m_taken;
    std::map<std::string, std::size_t> m_next;
};

// What of a part is known to be delicate; empty: nothing is known.
[[nodiscard]] std::vector<std::string> sensitivityOf(const threats::DiagramPart& part, std::string_view kind = {});
[[nodiscard]] bool isSaid(std::string_view value); // "true" of an attribute
[[nodiscard]] bool isMethod(std::string_view value); // of authentication
[[nodiscard]] std::string_view storeTypeOf(std::string_view kind);
[[nodiscard]] std::string_view actorTypeOf(const threats::Element& element);
[[nodiscard]] std::string_view levelOf(const threats::Threat& threat);
// `step`: 1 to 5.
[[nodiscard]] std::string_view likelihoodWord(int step);
[[nodiscard]] std::string_view impactWord(int step);
[[nodiscard]] std::string_view degreeWord(int step);
// Of a control, by itself or by what is decided about all threats that it is against.
[[nodiscard]] std::string statusOf(const threats::Control& control, const std::vector<const threats::Threat*>& against);

} // namespace cupel::report::bill
