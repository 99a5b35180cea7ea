// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/data_tree.h"

#include "analyzers/base/json_outline.h"
#include "analyzers/base/json_values.h"
#include "analyzers/base/utf8.h"

#include <algorithm>

namespace cupel {

namespace {

constexpr int maxMerges = 64; // maps that are looked into for one member
constexpr std::size_t maxKey = 4'096; // bytes

// A half of a surrogate pair is read as U+FFFD, which is then there more often than somebody wrote it.
bool hasLoneSurrogate(ByteView raw, std::string_view text)
{
    constexpr std::string_view mark = "\xEF\xBF\xBD";
    std::size_t read = 0;
    for (auto at = text.find(mark); at != std::string_view::npos; at = text.find(mark, at + mark.size())) {
        ++read;
    }
    if (read == 0 || raw.find('\\') == ByteView::npos) {
        return false;
    }
    std::size_t written = 0;
    for (std::size_t at = 0; at < raw.size(); ++at) {
        const auto rest = raw.substr(at);
        if (rest.starts_with(mark)) {
            ++written;
        } else if (rest.front() == '\\') {
            const bool same = rest.size() >= 6 && rest[1] == 'u'
                && std::equal(rest.begin() + 2, rest.begin() + 6, "fffd", [](char one, char other) {
                       return (one >= 'A' && one <= 'Z' ? static_cast<char>(one + 32) : one) == other;
                   });
            written += same ? 1 : 0;
            ++at; // what is escaped
        }
    }
    return read > written;
}

} // namespace

std::uint32_t DataTree::add(std::uint32_t parent, DataNode node)
{
    const auto index = static_cast<std::uint32_t>(m_nodes.size());
    node.parent = parent;
    m_nodes.push_back(std::move(node));
    m_lastChild.push_back(0);
    if (index != 0) {
        if (const auto last = m_lastChild[parent]; last != 0) {
            m_nodes[last].nextSibling = index;
        } else {
            m_nodes[parent].firstChild = index;
        }
        m_lastChild[parent] = index;
    }
    return index;
}

bool DataTree::is(std::uint32_t node, DataKind kind) const
{
    return node < m_nodes.size() && m_nodes[node].kind == kind;
}

std::uint32_t DataTree::member(std::uint32_t node, std::string_view key) const
{
    std::vector<std::uint32_t> maps{node};
    for (std::size_t i = 0; i < maps.size() && i < maxMerges; ++i) {
        if (!is(maps[i], DataKind::Map)) {
            continue;
        }
        std::uint32_t merged = none;
        for (auto child = m_nodes[maps[i]].firstChild; child != 0; child = m_nodes[child].nextSibling) {
            if (m_nodes[child].key == key) {
                return child;
            }
            merged = m_nodes[child].key == "<<" ? child : merged;
        }
        if (is(merged, DataKind::List)) {
            each(merged, [&](std::uint32_t one) { maps.push_back(one); });
        } else if (merged != none) {
            maps.push_back(merged);
        }
    }
    return none;
}

void DataTree::cutAt(DataCut::Limit limit, std::uint64_t offset)
{
    m_partial = true;
    if (!m_cut) {
        m_cut = DataCut{limit, offset};
    }
}

std::string_view DataTree::text(std::uint32_t node, std::string_view key) const
{
    const auto found = member(node, key);
    return found != none ? std::string_view(m_nodes[found].text) : std::string_view{};
}

void DataTree::each(std::uint32_t node, const std::function<void(std::uint32_t child)>& take) const
{
    if (node >= m_nodes.size()) {
        return;
    }
    for (auto child = m_nodes[node].firstChild; child != 0; child = m_nodes[child].nextSibling) {
        take(child);
    }
}

std::vector<std::string> DataTree::texts(std::uint32_t node) const
{
    std::vector<std::string> out;
    if (is(node, DataKind::Scalar) && !m_nodes[node].text.empty()) {
        out.push_back(m_nodes[node].text);
    }
    each(node, [&](std::uint32_t child) {
        if (m_nodes[child].kind == DataKind::Scalar) {
            out.push_back(m_nodes[child].text);
        }
    });
    return out;
}

class JsonTreeReader {
public:
    JsonTreeReader(ByteView text, Budget& budget, const DataLimits& limits)
        : m_text(text.substr(0, limits.bytes))
        , m_limits(limits)
        , m_outline(JsonOutline::parse(m_text, budget, options(limits)))
        , m_where(m_outline.nodes().size(), 0)
        , m_added(m_outline.nodes().size(), false)
    {
        if (m_outline.stoppedEarly()) {
            m_out.cutAt(budget.stopped() ? DataCut::Limit::Work : DataCut::Limit::Nodes, m_outline.stoppedAt());
        }
        if (text.size() > limits.bytes) {
            m_out.cutAt(DataCut::Limit::Bytes, limits.bytes);
        }
        if (!isUtf8(m_text)) {
            m_out.lose(DataLoss::Encoding);
        }
        for (const JsonTrouble& trouble : m_outline.troubles()) {
            if (trouble.kind == JsonTrouble::Kind::TooDeep) {
                m_out.cutAt(DataCut::Limit::Depth, trouble.offset);
                continue;
            }
            const bool ends =
                trouble.kind == JsonTrouble::Kind::Truncated || trouble.kind == JsonTrouble::Kind::UnterminatedString;
            if (!ends || text.size() <= limits.bytes) { // whoever cuts a text has broken it himself
                m_out.m_broken = std::min(m_out.m_broken.value_or(trouble.offset), trouble.offset);
            }
        }
    }

    DataTree run() &&
    {
        for (std::uint32_t i = 0; i < m_outline.nodes().size() && !full(); ++i) { // parents come first
            const auto& node = m_outline.nodes()[i];
            if (i != 0 && !m_added[node.parent]) {
                continue;
            }
            put(i);
            if (node.type == JsonType::Array && (node.opaque || node.stringList)) {
                elements(i);
            } else if (node.type == JsonType::Object && node.opaque && node.firstChild == 0) {
                const auto inside = slice(m_text, node.value).substr(1);
                if (const auto at = inside.find_first_not_of(" \t\r\n}"); at != ByteView::npos) {
                    m_out.cutAt(DataCut::Limit::Depth, node.value.start + 1 + at);
                }
            }
        }
        return std::move(m_out);
    }

private:
    static JsonOutline::Options options(const DataLimits& limits)
    {
        JsonOutline::Options out;
        out.detailDepth = static_cast<std::uint32_t>(limits.depth);
        out.maxNodes = static_cast<std::uint32_t>(limits.nodes);
        return out;
    }

    [[nodiscard]] bool full()
    {
        if (m_out.m_nodes.size() >= m_limits.nodes) {
            m_out.cutAt(DataCut::Limit::Nodes, m_out.m_nodes.back().bytes.end);
        }
        return m_out.m_nodes.size() >= m_limits.nodes;
    }

    void noteLoss(ByteRange raw, std::string_view text, std::size_t most)
    {
        if (raw.end - raw.start > most) {
            m_out.lose(DataLoss::Long);
        } else if (hasLoneSurrogate(slice(m_text, raw), text)) {
            m_out.lose(DataLoss::Encoding);
        }
    }

    void put(std::uint32_t i)
    {
        if (m_added[i]) {
            return;
        }
        const auto& from = m_outline.nodes()[i];
        DataNode node;
        node.key = from.key.end > from.key.start ? jsonKey(m_text, from, maxKey) : std::string();
        noteLoss(from.key, node.key, maxKey);
        node.bytes = from.value;
        node.kind = from.type == JsonType::Object ? DataKind::Map
            : from.type == JsonType::Array        ? DataKind::List
                                                  : DataKind::Scalar;
        node.quoted = from.type == JsonType::String;
        if (node.quoted) {
            node.text = m_outline.string(m_text, i, m_limits.text);
        } else if (node.kind == DataKind::Scalar) {
            node.text = std::string(slice(m_text, from.value).substr(0, m_limits.text));
        }
        if (node.kind == DataKind::Scalar) {
            noteLoss(from.value, node.text, m_limits.text);
        }
        m_added[i] = true;
        m_where[i] = m_out.add(i == 0 ? 0 : m_where[from.parent], std::move(node));
    }

    // The outline leaves scalars of arrays out: they lie between its nodes.
    void elements(std::uint32_t array)
    {
        const auto range = m_outline.nodes()[array].value;
        auto child = m_outline.nodes()[array].firstChild;
        for (auto at = range.start + 1; at < range.end && !full();) {
            if (child != 0 && at >= m_outline.nodes()[child].value.start) {
                put(child);
                at = std::max(at, m_outline.nodes()[child].value.end);
                child = m_outline.nodes()[child].nextSibling;
                continue;
            }
            const char c = m_text[at];
            if (c == ',' || c == ']' || static_cast<unsigned char>(c) <= ' ') {
                ++at;
                continue;
            }
            if (c == '{' || c == '[') { // deeper than what was recorded
                m_out.cutAt(DataCut::Limit::Depth, at);
                return;
            }
            auto end = at + 1;
            if (c == '"') {
                while ((end = findStringStop(m_text, end)) < range.end && m_text[end] != '"') {
                    end += m_text[end] == '\\' ? 2 : 1;
                }
                end = std::min(end + 1, range.end);
            } else {
                while (
                    end < range.end && std::string_view(",]}[{\" \t\r\n").find(m_text[end]) == std::string_view::npos) {
                    ++end;
                }
            }
            DataNode node;
            node.quoted = c == '"';
            node.bytes = {at, end};
            const ByteRange inside{at + 1, std::max(at + 1, end - 1)};
            node.text = node.quoted ? jsonText(m_text, inside, m_limits.text)
                                    : std::string(slice(m_text, node.bytes).substr(0, m_limits.text));
            noteLoss(inside, node.text, m_limits.text);
            m_out.add(m_where[array], std::move(node));
            at = end;
        }
    }

    ByteView m_text;
    const DataLimits& m_limits;
    JsonOutline m_outline;
    std::vector<std::uint32_t> m_where; // the node of each node of the outline
    std::vector<bool> m_added;
    DataTree m_out;
};

DataTree DataTree::fromJson(ByteView text, Budget& budget, const DataLimits& limits)
{
    return JsonTreeReader(text, budget, limits).run();
}

} // namespace cupel
