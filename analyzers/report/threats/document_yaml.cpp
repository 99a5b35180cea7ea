// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/document_yaml.h"

#include "analyzers/report/writers/json_stream.h"

#include <algorithm>
#include <array>
#include <string>
#include <vector>

namespace cupel::report {

namespace {

// A JSON string is a double-quoted one of YAML.
std::string quotedText(std::string_view text)
{
    std::string out;
    {
        JsonStream json([&out](std::string_view piece) { out += piece; }, JsonStream::Layout::OneLine);
        json.string(text);
    }
    return out;
}

bool isPlainKey(std::string_view key)
{
    static constexpr std::array<std::string_view, 10> words{
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "~"};
    std::string lower(key);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const auto isLetter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; };
    return key == "<<"
        || (!key.empty() && isLetter(key.front()) && std::find(words.begin(), words.end(), lower) == words.end()
            && std::all_of(key.begin(), key.end(),
                [&](char c) { return isLetter(c) || (c >= '0' && c <= '9') || c == '-' || c == '.' || c == ' '; })
            && key.back() != ' ');
}

// Text that may stand as it is, line by line: nothing that YAML would read otherwise.
bool isLiteral(std::string_view text)
{
    const bool plain = std::none_of(text.begin(), text.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && c != '\n') || byte == 0x7F || byte >= 0x80;
    });
    const auto ends = text.size() - std::min(text.size(), text.find_last_not_of('\n') + 1);
    return plain && text.find('\n') < text.size() - 1 && ends <= 1 && text.front() != ' ' && text.front() != '\n'
        && text.find(" \n") == std::string_view::npos;
}

class Writer {
public:
    Writer(const DataTree& tree, const TextSink& sink)
        : m_nodes(tree.nodes())
        , m_sink(sink)
    {
    }

    bool write()
    {
        constexpr std::size_t mostNodes = 4'000'000;
        start(0, 0, false);
        std::size_t written = 0;
        while (!m_open.empty()) {
            Open& top = m_open.back();
            if (top.next == 0 || written >= mostNodes) {
                m_open.pop_back();
                continue;
            }
            const auto child = top.next;
            top.next = m_nodes[child].nextSibling;
            ++written;
            if (!std::exchange(top.inLine, false)) {
                m_sink(std::string(top.indent, ' '));
            }
            const auto indent = top.indent;
            if (top.map) {
                const std::string& key = m_nodes[child].key;
                m_sink(isPlainKey(key) ? key : quotedText(key));
                m_sink(":");
                start(child, indent + 2, false);
            } else {
                m_sink("-");
                start(child, indent + 2, true);
            }
        }
        return written < mostNodes;
    }

private:
    struct Open {
        std::uint32_t next; // child; 0: none left
        bool map;
        bool inLine; // the first one stands behind the dash of its list
        std::size_t indent;
    };

    // Behind ":" or "-", or at the top.
    void start(std::uint32_t at, std::size_t indent, bool dash)
    {
        const DataNode& node = m_nodes[at];
        const bool top = at == 0;
        const char* blank = top ? "" : " ";
        if (node.kind == DataKind::Scalar) {
            scalar(node, top ? 2 : indent, blank);
            return;
        }
        const bool map = node.kind == DataKind::Map;
        if (node.firstChild == 0) {
            m_sink(std::string(blank) + (map ? "{}" : "[]") + '\n');
            return;
        }
        const bool inLine = dash && map;
        m_sink(top ? "" : inLine ? " " : "\n");
        m_open.push_back({node.firstChild, map, inLine, top ? 0 : indent});
    }

    void scalar(const DataNode& node, std::size_t indent, const char* blank)
    {
        const std::string& text = node.text;
        if (text.empty() && !node.quoted) {
            m_sink("\n");
        } else if (!node.quoted && text.find('\n') == std::string::npos) {
            m_sink(blank + text + '\n');
        } else if (isLiteral(text)) {
            std::string out = std::string(blank) + (text.ends_with('\n') ? "|\n" : "|-\n");
            std::string_view rest = text;
            rest.remove_suffix(rest.ends_with('\n') ? 1 : 0);
            while (true) {
                const auto end = std::min(rest.find('\n'), rest.size());
                if (end > 0) {
                    out += std::string(indent, ' ');
                    out += rest.substr(0, end);
                }
                out += '\n';
                if (end == rest.size()) {
                    break;
                }
                rest.remove_prefix(end + 1);
            }
            m_sink(out);
        } else {
            m_sink(blank + quotedText(text) + '\n');
        }
    }

    const std::vector<DataNode>& m_nodes;
    const TextSink& m_sink;
    std::vector<Open> m_open;
};

template <typename Take> void eachLine(std::string_view text, Take take)
{
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size() - 1) + 1;
        if (!take(text.substr(0, end))) {
            return;
        }
        text.remove_prefix(end);
    }
}

} // namespace

bool writeYaml(const DataTree& tree, std::string_view head, const TextSink& sink)
{
    sink(head);
    return tree.empty() || Writer(tree, sink).write();
}

std::string_view headOfYaml(ByteView text)
{
    std::size_t size = 0;
    eachLine(text, [&size](std::string_view line) {
        const auto first = line.find_first_not_of(" \t\r\n");
        const bool mark = line.starts_with("---") && line.find_first_not_of(" \t\r\n-") == std::string_view::npos;
        const bool head = first == std::string_view::npos || line[first] == '#' || line.starts_with('%') || mark;
        size += head && line.ends_with('\n') ? line.size() : 0;
        return head;
    });
    return text.substr(0, size);
}

bool hasYamlComments(ByteView text)
{
    bool found = false;
    text.remove_prefix(headOfYaml(text).size());
    eachLine(text, [&found](std::string_view line) {
        const auto first = line.find_first_not_of(" \t");
        found = found || (first != std::string_view::npos && line[first] == '#') || line.find(" #") < line.size();
        return !found;
    });
    return found;
}

bool severalDocuments(ByteView text)
{
    bool found = false;
    text.remove_prefix(headOfYaml(text).size());
    eachLine(text, [&found](std::string_view line) {
        found = found || line.starts_with("---");
        return !found;
    });
    return found;
}

} // namespace cupel::report
