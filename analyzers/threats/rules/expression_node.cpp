// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/rules/expression_node.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace cupel::threats {

namespace {

using Node = Expression::Node;

char small(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

std::optional<PartPath::Step> stepOf(std::string_view word)
{
    static constexpr std::array<std::string_view, 3> words{"source", "target", "zone"};
    const auto found = std::find(words.begin(), words.end(), word);
    return found == words.end() ? std::nullopt : std::optional(static_cast<PartPath::Step>(found - words.begin()));
}

// The last word is always what is asked.
PartPath pathOf(const std::vector<std::string>& words)
{
    PartPath out;
    const bool led = words.size() > 1 && (words[0] == "self" || words[0] == "flow");
    out.fromOwner = led && words[0] == "self";
    std::size_t at = led ? 1 : 0;
    for (; at + 1 < words.size(); ++at) {
        const auto step = stepOf(words[at]);
        if (!step) {
            break;
        }
        out.steps.push_back(*step);
    }
    for (; at < words.size(); ++at) {
        out.key += (out.key.empty() ? "" : ".") + words[at];
    }
    return out;
}

std::vector<std::string> wordsOf(std::string_view dotted)
{
    std::vector<std::string> out;
    for (std::size_t from = 0; from <= dotted.size();) {
        const auto end = std::min(dotted.find('.', from), dotted.size());
        out.emplace_back(dotted.substr(from, end - from));
        from = end + 1;
    }
    return out;
}

void prepareValue(Node& node)
{
    node.asks = pathOf(node.path);
    if (node.kind != Node::Kind::Compare) {
        return;
    }
    node.asksForUnknown = (node.test == Node::Test::In || node.test == Node::Test::Equal)
        && std::find(node.values.begin(), node.values.end(), "unknown") != node.values.end();
    const std::string_view value = node.values.empty() ? std::string_view() : node.values.front();
    node.rank = rankOf(value);
    if (!node.rank && value.find('.') != std::string_view::npos) {
        node.other = pathOf(wordsOf(value));
    }
}

} // namespace

bool sameWord(std::string_view one, std::string_view other)
{
    return one.size() == other.size()
        && std::equal(one.begin(), one.end(), other.begin(), [](char a, char b) { return small(a) == small(b); });
}

std::optional<double> rankOf(std::string_view text)
{
    static constexpr std::array<std::string_view, 4> classes{"public", "internal", "confidential", "restricted"};
    for (std::size_t i = 0; i < classes.size(); ++i) {
        if (sameWord(text, classes[i])) {
            return static_cast<double>(i);
        }
    }
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    return error == std::errc() && end == text.data() + text.size() ? std::optional(value) : std::nullopt;
}

bool isNo(std::string_view value)
{
    static constexpr std::array<std::string_view, 5> words{"false", "no", "none", "0", "off"};
    return std::any_of(words.begin(), words.end(), [value](std::string_view word) { return sameWord(word, value); });
}

bool anyItemIn(std::string_view text, const std::vector<std::string>& words)
{
    while (!text.empty()) {
        auto item = text.substr(0, text.find(','));
        text.remove_prefix(std::min(item.size() + 1, text.size()));
        const auto from = item.find_first_not_of(' ');
        if (from == std::string_view::npos) {
            continue;
        }
        item = item.substr(from, item.find_last_not_of(' ') + 1 - from);
        if (std::any_of(words.begin(), words.end(), [item](const auto& word) { return sameWord(word, item); })) {
            return true;
        }
    }
    return false;
}

void prepare(std::vector<Node>& nodes)
{
    static constexpr std::array<std::string_view, 6> relations{
        "element", "flow", "input", "output", "upstream", "downstream"};
    for (Node& node : nodes) {
        switch (node.kind) {
        case Node::Kind::Compare:
        case Node::Kind::Value:
            prepareValue(node);
            break;
        case Node::Kind::Some:
        case Node::Kind::All:
        case Node::Kind::None:
            node.relation = static_cast<Node::Relation>(
                std::find(relations.begin(), relations.end(), node.path.front()) - relations.begin());
            break;
        default:
            break;
        }
    }
}

} // namespace cupel::threats
