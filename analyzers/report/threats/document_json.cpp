// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/document_json.h"

#include <charconv>
#include <cmath>
#include <optional>
#include <vector>

namespace cupel::report {

namespace {

// RFC 8259, section 6: "-0.5e+10", never "+1", ".5", "01".
bool isJsonNumber(std::string_view text)
{
    std::size_t at = text.starts_with('-') ? 1 : 0;
    const auto digits = [&] {
        const auto from = at;
        while (at < text.size() && text[at] >= '0' && text[at] <= '9') {
            ++at;
        }
        return at - from;
    };
    const bool zero = at < text.size() && text[at] == '0';
    const auto whole = digits();
    if (whole == 0 || (zero && whole > 1)) {
        return false;
    }
    if (at < text.size() && text[at] == '.') {
        ++at;
        if (digits() == 0) {
            return false;
        }
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        ++at;
        at += at < text.size() && (text[at] == '+' || text[at] == '-') ? 1 : 0;
        if (digits() == 0) {
            return false;
        }
    }
    return at == text.size();
}

// "0x1F", "0o17" and, as the parsers of YAML 1.1 read it, "017".
std::optional<std::uint64_t> otherBase(std::string_view text)
{
    if (text.size() < 2 || text[0] != '0') {
        return {};
    }
    const bool named = text[1] == 'x' || text[1] == 'o';
    const auto digits = text.substr(named ? 2 : 1);
    std::uint64_t value = 0;
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), value, text[1] == 'x' ? 16 : 8);
    return error == std::errc() && end == digits.data() + digits.size() ? std::optional(value) : std::nullopt;
}

void scalar(const DataNode& node, JsonStream& json)
{
    const std::string& text = node.text;
    const auto isOneOf = [&text](auto... words) { return ((text == words) || ...); };
    if (node.quoted) {
        json.string(text);
    } else if (isOneOf("true", "True", "TRUE", "yes", "Yes", "YES", "on", "On", "ON")) {
        json.boolean(true);
    } else if (isOneOf("false", "False", "FALSE", "no", "No", "NO", "off", "Off", "OFF")) {
        json.boolean(false);
    } else if (isOneOf("", "~", "null", "Null", "NULL")) {
        json.null();
    } else if (const auto whole = otherBase(text)) {
        json.number(*whole);
    } else if (isJsonNumber(text)) {
        json.raw(text);
    } else {
        const auto plain = text.starts_with('+') ? text.substr(1) : text; // YAML has "+1", ".5" and "1."
        double value = 0;
        const auto [end, error] = std::from_chars(plain.data(), plain.data() + plain.size(), value);
        const bool number = error == std::errc() && end == plain.data() + plain.size() && std::isfinite(value)
            && plain.find_first_of("0123456789") == (plain.starts_with('-') || plain.starts_with('.') ? 1 : 0);
        number ? json.real(value) : json.string(text);
    }
}

} // namespace

bool writeDocument(const DataTree& tree, JsonStream& json)
{
    if (tree.empty()) {
        json.null();
        return true;
    }
    constexpr std::size_t mostNodes = 4'000'000;
    const auto& nodes = tree.nodes();
    std::size_t written = 0;
    // Children may belong to several parents (aliases): where to go on is remembered, not asked of the tree.
    struct Open {
        std::uint32_t next; // child; 0: none left
        bool map;
    };
    std::vector<Open> open;
    const auto value = [&](const DataNode& node) {
        if (node.kind == DataKind::Scalar) {
            scalar(node, json);
            return;
        }
        node.kind == DataKind::Map ? json.beginObject() : json.beginArray();
        open.push_back({node.firstChild, node.kind == DataKind::Map});
    };
    value(nodes[0]);
    while (!open.empty()) {
        const auto at = written < mostNodes ? open.back().next : 0;
        if (at == 0) {
            open.back().map ? json.endObject() : json.endArray();
            open.pop_back();
            continue;
        }
        open.back().next = nodes[at].nextSibling;
        if (open.back().map) {
            json.key(nodes[at].key);
        }
        ++written;
        value(nodes[at]);
    }
    return written < mostNodes;
}

} // namespace cupel::report
