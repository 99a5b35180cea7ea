// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/json_sketch.h"

#include "analyzers/base/json_keys.h"
#include "analyzers/base/json_outline.h"

#include <algorithm>
#include <array>
#include <unordered_set>
#include <vector>

namespace cupel::formats {

namespace {

constexpr std::uint32_t levels = 4;
constexpr std::size_t longestName = 64; // of what programs look for
constexpr std::size_t longestValue = 120;
constexpr std::size_t mostText = 4 << 20;

std::size_t beginning(ByteView text)
{
    return text.find_first_not_of(" \t\r\n\xEF\xBB\xBF");
}

bool isPlain(std::string_view text)
{
    return std::none_of(
        text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\'; });
}

class Sketch {
public:
    Sketch(ByteView text, const JsonOutline& json)
        : m_text(text)
        , m_json(json)
        , m_keys(text)
    {
    }

    std::string run()
    {
        // Children of a container follow one another; an own stack holds what is open.
        std::vector<std::uint32_t> open{0};
        begin(0);
        auto next = m_json.nodes()[0].firstChild;
        while (!open.empty() && m_out.size() < mostText) {
            if (next == 0) {
                m_out += m_json.nodes()[open.back()].type == JsonType::Object ? '}' : ']';
                next = m_json.nodes()[open.back()].nextSibling;
                open.pop_back();
                m_first = false;
                if (open.empty()) {
                    break;
                }
                continue;
            }
            const auto& node = m_json.nodes()[next];
            if (!name(node, open.size())) {
                next = node.nextSibling;
            } else if (node.firstChild != 0 && open.size() < levels) {
                begin(next);
                open.push_back(next);
                next = node.firstChild;
            } else {
                value(next);
                next = node.nextSibling;
            }
        }
        return std::move(m_out);
    }

private:
    void begin(std::uint32_t node)
    {
        m_out += m_json.nodes()[node].type == JsonType::Object ? '{' : '[';
        m_first = true;
    }

    // False: the name was there already in this level, or is none that anybody looks for.
    bool name(const JsonNode& node, std::size_t level)
    {
        const auto key = node.key.empty() ? std::string_view() : m_keys.of(node);
        const bool member =
            !node.key.empty() || (node.parent != 0 && m_json.nodes()[node.parent].type == JsonType::Object);
        if (member && (key.size() > longestName || !isPlain(key))) {
            return false;
        }
        const bool container = node.firstChild != 0;
        if (!m_seen[std::min<std::size_t>(level, levels)].insert((container ? "{" : "") + std::string(key)).second) {
            return false;
        }
        m_out += m_first ? "" : ", ";
        m_first = false;
        if (member) {
            ((m_out += '"') += key) += "\": ";
        }
        return true;
    }

    void value(std::uint32_t index)
    {
        const auto& node = m_json.nodes()[index];
        switch (node.type) {
        case JsonType::Object:
            m_out += "{}";
            break;
        case JsonType::Array:
            m_out += "[]";
            break;
        case JsonType::String: {
            const auto text = m_json.string(m_text, index, longestValue);
            ((m_out += '"') += isPlain(text) ? text : std::string()) += '"';
            break;
        }
        case JsonType::Number:
        case JsonType::Literal:
            m_out += slice(m_text, node.value).substr(0, longestValue);
            break;
        }
    }

    ByteView m_text;
    const JsonOutline& m_json;
    JsonKeys m_keys;
    std::array<std::unordered_set<std::string>, levels + 1> m_seen; // names of each level
    std::string m_out;
    bool m_first = true;
};

} // namespace

bool beginsAsJson(ByteView text)
{
    const auto start = beginning(text);
    return start != ByteView::npos && (text[start] == '{' || text[start] == '[');
}

std::string jsonSketch(ByteView text)
{
    if (!beginsAsJson(text)) {
        return {};
    }
    JsonOutline::Options options;
    options.start = beginning(text);
    options.detailDepth = levels;
    Budget budget;
    const auto json = JsonOutline::parse(text, budget, options);
    return json.empty() ? std::string() : Sketch(text, json).run();
}

} // namespace cupel::formats
