// SPDX-License-Identifier: GPL-3.0-or-later
// YAML by libyaml: its events only, which come without recursion; nothing is loaded or resolved.
#include "analyzers/base/data_tree.h"

#include <algorithm>
#include <map>
#include <yaml.h>

namespace cupel {

namespace {

constexpr std::size_t maxTagDirectives = 64; // libyaml compares each with all before
constexpr std::size_t maxAliasText = 16 << 20; // bytes that aliases of scalars copy, all together
constexpr std::string_view mark = "\xEF\xBB\xBF";

struct Event {
    yaml_event_t value{};
    Event() = default;
    Event(const Event&) = delete;
    Event& operator=(const Event&) = delete;
    ~Event() { yaml_event_delete(&value); }
};

struct Parser {
    yaml_parser_t value{};
    bool ok = false;
    explicit Parser(ByteView text)
        : ok(yaml_parser_initialize(&value) == 1)
    {
        if (ok) {
            yaml_parser_set_encoding(&value, YAML_UTF8_ENCODING);
            yaml_parser_set_input_string(&value,
                reinterpret_cast<const unsigned char*>(text.empty() ? "" : text.data()),
                text.size()); // it asserts a pointer
        }
    }
    Parser(const Parser&) = delete;
    Parser& operator=(const Parser&) = delete;
    ~Parser()
    {
        if (ok) {
            yaml_parser_delete(&value);
        }
    }
};

std::string_view viewOf(const yaml_char_t* text)
{
    return text == nullptr ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(text));
}

bool manyDirectives(ByteView text)
{
    std::size_t count = 0;
    for (auto at = text.find("%TAG"); at != ByteView::npos; at = text.find("%TAG", at + 1)) {
        if ((at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r') && ++count > maxTagDirectives) {
            return true;
        }
    }
    return false;
}

} // namespace

class YamlTreeReader {
public:
    YamlTreeReader(ByteView text, Budget& budget, const DataLimits& limits)
        : m_skipped(text.starts_with(mark) ? mark.size() : 0)
        , m_text(text.substr(m_skipped, limits.bytes))
        , m_budget(budget)
        , m_limits(limits)
    {
        if (text.size() - m_skipped > limits.bytes) {
            m_out.cutAt(DataCut::Limit::Bytes, m_skipped + limits.bytes);
        }
    }

    DataTree run() &&
    {
        Parser parser(m_text);
        if (!parser.ok || manyDirectives(m_text)) {
            m_out.cutAt(DataCut::Limit::Work, 0);
            return std::move(m_out);
        }
        for (bool more = true; more;) {
            Event event;
            if (yaml_parser_parse(&parser.value, &event.value) == 0) {
                const std::size_t place = std::max(parser.value.problem_mark.index, std::size_t(m_character));
                m_out.m_partial = true; // broken from here on
                if (!m_out.m_cut) { // whoever cuts a text has broken it himself
                    m_out.m_broken = byteOf(place);
                }
                break;
            }
            if (!m_budget.spend(64)) {
                m_out.cutAt(DataCut::Limit::Work, byteOf(parser.value.mark.index));
                break;
            }
            more = take(event.value);
        }
        for (const auto open : m_open) {
            m_out.m_nodes[open].bytes.end = m_skipped + m_text.size();
        }
        return std::move(m_out);
    }

private:
    // Marks count characters; they only go forward.
    std::uint64_t byteOf(std::size_t character)
    {
        while (m_character < character && m_byte < m_text.size()) {
            ++m_byte;
            while (m_byte < m_text.size() && (static_cast<unsigned char>(m_text[m_byte]) & 0xC0U) == 0x80U) {
                ++m_byte;
            }
            ++m_character;
        }
        return m_skipped + m_byte;
    }

    bool take(const yaml_event_t& event)
    {
        switch (event.type) {
        case YAML_SCALAR_EVENT:
            noteLoss(event.data.scalar.tag, event.data.scalar.anchor);
            return scalar(event);
        case YAML_ALIAS_EVENT:
            m_out.lose(DataLoss::Alias);
            return alias(event);
        case YAML_MAPPING_START_EVENT:
            noteLoss(event.data.mapping_start.tag, event.data.mapping_start.anchor);
            return open(event, DataKind::Map, viewOf(event.data.mapping_start.anchor));
        case YAML_SEQUENCE_START_EVENT:
            noteLoss(event.data.sequence_start.tag, event.data.sequence_start.anchor);
            return open(event, DataKind::List, viewOf(event.data.sequence_start.anchor));
        case YAML_MAPPING_END_EVENT:
        case YAML_SEQUENCE_END_EVENT:
            close(event);
            return true;
        case YAML_DOCUMENT_END_EVENT:
        case YAML_STREAM_END_EVENT:
        case YAML_NO_EVENT:
            return false;
        default:
            return true;
        }
    }

    // Nodes have neither tags nor anchors.
    void noteLoss(const yaml_char_t* tag, const yaml_char_t* anchor)
    {
        if (tag != nullptr || anchor != nullptr) {
            m_out.lose(tag != nullptr ? DataLoss::Tag : DataLoss::Alias);
        }
    }

    [[nodiscard]] bool wantsKey() const
    {
        return !m_open.empty() && m_out.m_nodes[m_open.back()].kind == DataKind::Map && !m_hasKey;
    }

    std::uint32_t put(DataNode node, std::string_view anchor)
    {
        if (m_hasKey) {
            node.key = std::move(m_key);
            m_hasKey = false;
        }
        const auto index = m_out.add(m_open.empty() ? 0 : m_open.back(), std::move(node));
        if (!anchor.empty()) {
            m_anchors[std::string(anchor.substr(0, 1'024))] = index;
        }
        return index;
    }

    [[nodiscard]] bool full()
    {
        if (m_out.m_nodes.size() >= m_limits.nodes) {
            m_out.cutAt(DataCut::Limit::Nodes, m_out.m_nodes.back().bytes.start);
        }
        return m_out.m_nodes.size() >= m_limits.nodes;
    }

    bool scalar(const yaml_event_t& event)
    {
        const auto& from = event.data.scalar;
        std::string text(reinterpret_cast<const char*>(from.value), std::min(from.length, m_limits.text));
        if (from.length > m_limits.text) {
            m_out.lose(DataLoss::Long);
        }
        const auto start = byteOf(event.start_mark.index);
        const auto end = byteOf(event.end_mark.index);
        if (m_skipKey > 0) { // inside a map or list that is a key
            return true;
        }
        if (wantsKey()) {
            m_key = std::move(text);
            m_hasKey = true;
            return true;
        }
        DataNode node;
        node.quoted = from.style != YAML_PLAIN_SCALAR_STYLE;
        node.text = std::move(text);
        node.bytes = {start, end};
        put(std::move(node), viewOf(from.anchor));
        return !full();
    }

    bool alias(const yaml_event_t& event)
    {
        if (m_skipKey > 0) {
            return true;
        }
        const auto found = m_anchors.find(std::string(viewOf(event.data.alias.anchor)));
        const auto target = found == m_anchors.end() ? 0 : found->second;
        if (wantsKey()) {
            m_key = found == m_anchors.end() ? std::string() : m_out.m_nodes[target].text;
            m_hasKey = true;
            return true;
        }
        DataNode node;
        const auto start = byteOf(event.start_mark.index);
        node.bytes = {start, byteOf(event.end_mark.index)};
        const bool inside = std::find(m_open.begin(), m_open.end(), target) != m_open.end();
        if (found != m_anchors.end() && !inside) {
            const auto& named = m_out.m_nodes[target];
            m_copied += named.text.size();
            node.kind = named.kind;
            node.quoted = named.quoted;
            node.text = m_copied <= maxAliasText ? named.text : std::string();
            node.firstChild = named.firstChild; // shared
        }
        put(std::move(node), {});
        return !full();
    }

    bool open(const yaml_event_t& event, DataKind kind, std::string_view anchor)
    {
        if (m_skipKey > 0 || wantsKey()) {
            m_out.lose(DataLoss::Key);
            if (++m_skipKey > m_limits.depth) {
                m_out.cutAt(DataCut::Limit::Depth, byteOf(event.start_mark.index));
            }
            return m_skipKey <= m_limits.depth;
        }
        const auto start = byteOf(event.start_mark.index);
        if (m_open.size() >= m_limits.depth) {
            m_out.cutAt(DataCut::Limit::Depth, start);
        }
        if (m_open.size() >= m_limits.depth || full()) {
            return false;
        }
        DataNode node;
        node.kind = kind;
        node.bytes = {start, start};
        m_open.push_back(put(std::move(node), anchor));
        return true;
    }

    void close(const yaml_event_t& event)
    {
        if (m_skipKey > 0) {
            if (--m_skipKey == 0) {
                m_key.clear();
                m_hasKey = true;
            }
            return;
        }
        if (!m_open.empty()) {
            m_out.m_nodes[m_open.back()].bytes.end = byteOf(event.end_mark.index);
            m_open.pop_back();
            m_hasKey = false;
        }
    }

    std::size_t m_skipped;
    ByteView m_text;
    Budget& m_budget;
    const DataLimits& m_limits;
    DataTree m_out;
    std::vector<std::uint32_t> m_open;
    std::map<std::string, std::uint32_t> m_anchors;
    std::string m_key;
    bool m_hasKey = false;
    std::size_t m_skipKey = 0; // depth inside a key that is no scalar
    std::size_t m_copied = 0;
    std::size_t m_character = 0;
    std::uint64_t m_byte = 0;
};

DataTree DataTree::fromYaml(ByteView text, Budget& budget, const DataLimits& limits)
{
    return YamlTreeReader(text, budget, limits).run();
}

} // namespace cupel
