// SPDX-License-Identifier: GPL-3.0-or-later
// Binary models of XGBoost (.ubj) and other UBJSON: every length and count is held against the bytes that are left,
// children of trees against the number of nodes.
#include "analyzers/base/utf8.h"
#include "analyzers/formats/tree_field.h"
#include "analyzers/formats/wire.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace cupel::formats::ubjson {

namespace {

constexpr std::size_t deepest = 512;
constexpr std::string_view lengthTypes = "iUIlL";

// Bytes of one value; none: they differ.
std::optional<unsigned> widthOf(char type)
{
    switch (type) {
    case 'Z':
    case 'N':
    case 'T':
    case 'F':
        return 0;
    case 'i':
    case 'U':
    case 'C':
        return 1;
    case 'I':
        return 2;
    case 'l':
    case 'd':
        return 4;
    case 'L':
    case 'D':
        return 8;
    default:
        return std::nullopt;
    }
}

std::int64_t extended(std::uint64_t bits, char type)
{
    switch (type) {
    case 'i':
        return static_cast<std::int8_t>(bits);
    case 'I':
        return static_cast<std::int16_t>(bits);
    case 'l':
        return static_cast<std::int32_t>(bits);
    default:
        return static_cast<std::int64_t>(bits);
    }
}

bool isSimpleKey(ByteView text)
{
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_' || c == '.';
    });
}

class Reader {
public:
    explicit Reader(Wire& wire)
        : m_wire(wire)
    {
    }

    bool run()
    {
        char type = 0;
        if (!marker(type) || !value(type)) {
            return false;
        }
        while (!m_open.empty()) {
            if (!m_wire.spend(16) || !element()) {
                return false;
            }
        }
        while (m_wire.left() > 0 && m_wire.bytes()[m_wire.at()] == 'N') {
            m_wire.seek(m_wire.at() + 1);
        }
        return true;
    }

private:
    struct Open {
        bool object = false;
        char type = 0; // of all values; 0: each says its own
        std::optional<std::uint64_t> left; // none: until its bracket
        ByteRange key; // it stands under; empty in lists
        std::optional<std::uint64_t> tree; // its number, when it is one of the list "trees"
        std::uint64_t start = 0;
        std::uint64_t elements = 0; // begun so far
    };

    bool marker(char& type)
    {
        std::uint64_t byte = 0;
        if (!m_wire.number(1, byte)) {
            return false;
        }
        type = static_cast<char>(byte);
        return true;
    }

    [[nodiscard]] bool nextIs(char c) const { return m_wire.left() > 0 && m_wire.bytes()[m_wire.at()] == c; }

    bool length(std::uint64_t& out)
    {
        char type = 0;
        if (!marker(type)) {
            return false;
        }
        if (lengthTypes.find(type) == std::string_view::npos) {
            return m_wire.broken("a length is no integer");
        }
        std::uint64_t bits = 0;
        if (!m_wire.number(*widthOf(type), bits)) {
            return false;
        }
        const auto value = extended(bits, type);
        out = static_cast<std::uint64_t>(value);
        return value >= 0 ? true : m_wire.broken("a length is negative");
    }

    bool string(ByteRange& place)
    {
        std::uint64_t size = 0;
        if (!length(size)) {
            return false;
        }
        place = {m_wire.at(), m_wire.at() + size};
        return m_wire.skip(size); // refuses what leads out, so that the sum above is never used
    }

    // One step of the innermost list or object.
    bool element()
    {
        auto& open = m_open.back();
        if (open.left) {
            if (*open.left == 0) {
                close();
                return true;
            }
            --*open.left;
        } else if (nextIs(open.object ? '}' : ']')) {
            m_wire.seek(m_wire.at() + 1);
            close();
            return true;
        }
        // No-ops may stand between members.
        if (open.object && !open.left && nextIs('N')) {
            m_wire.seek(m_wire.at() + 1);
            return true;
        }
        m_key = {};
        ++open.elements;
        if (open.object && !key()) {
            return false;
        }
        char type = open.type;
        return (type != 0 || marker(type)) && value(type);
    }

    bool key()
    {
        if (!string(m_key)) {
            return false;
        }
        if (m_open.size() == 1 && slice(m_wire.bytes(), m_key) == "learner") {
            m_wire.model().kind = "XGBoost model";
        }
        m_wire.text(m_key, "key");
        return true;
    }

    bool value(char type)
    {
        if (type == '[' || type == '{') {
            return open(type == '{');
        }
        if (type == 'S' || type == 'H') {
            ByteRange place;
            if (!string(place)) {
                return false;
            }
            field(place);
            m_wire.text(place, "text");
            return true;
        }
        const auto width = widthOf(type);
        if (!width) {
            return m_wire.broken("there is no such type of value");
        }
        return m_wire.skip(*width);
    }

    void close()
    {
        const auto& open = m_open.back();
        m_lists -= open.object ? 0 : 1;
        if (open.tree) {
            --m_trees;
            addTree(m_wire.model(), m_wire.bytes(), *open.tree, m_nodes, {open.start, m_wire.at()});
        }
        m_open.pop_back();
    }

    // What stands in lists repeats for every tree: it is no property of the model.
    void field(ByteRange place)
    {
        auto& fields = m_wire.model().metadata;
        if (!m_key.empty() && m_lists == 0 && fields.size() < ModelContent::mostFields) {
            fields.push_back({path(), toDisplay(slice(m_wire.bytes(), place), ModelContent::longestValue), place});
        }
    }

    // "objective.name": the keys on the way to the value, without that of the whole model.
    [[nodiscard]] std::string path() const
    {
        constexpr std::size_t most = 200;
        std::string out;
        for (const auto& open : m_open) {
            const auto key = slice(m_wire.bytes(), open.key);
            if (!key.empty() && key != "learner" && out.size() < most) {
                out += toDisplay(key, 60) + '.';
            }
        }
        return out + toDisplay(slice(m_wire.bytes(), m_key), most);
    }

    bool open(bool object)
    {
        if (m_open.size() >= deepest) {
            return m_wire.broken("it is nested deeper than " + std::to_string(deepest));
        }
        Open out{object, 0, std::nullopt, m_key, std::nullopt, m_wire.at(), 0};
        if (object && m_trees == 0 && !m_open.empty() && !m_open.back().object
            && slice(m_wire.bytes(), m_open.back().key) == "trees") {
            out.tree = m_open.back().elements - 1;
            ++m_trees;
            m_nodes.reset();
        }
        m_lists += object ? 0 : 1;
        if (nextIs('$')) {
            m_wire.seek(m_wire.at() + 1);
            if (!marker(out.type)) {
                return false;
            }
            if (!nextIs('#')) {
                return m_wire.broken("a list says its type and no count");
            }
        }
        if (nextIs('#')) {
            m_wire.seek(m_wire.at() + 1);
            std::uint64_t count = 0;
            if (!length(count)) {
                return false;
            }
            out.left = count;
            if (!object && out.type != 0 && widthOf(out.type)) {
                --m_lists;
                return fixed(out.type, count);
            }
            // Each element takes a byte at least.
            if (count > m_wire.left()) {
                return m_wire.broken("a list has more elements than there are bytes");
            }
        }
        m_open.push_back(out);
        return true;
    }

    // Numbers side by side.
    bool fixed(char type, std::uint64_t count)
    {
        const auto width = *widthOf(type);
        if (width == 0) {
            // Values without bytes: a few bytes would make a list of any length.
            return count <= m_wire.left() ? true : m_wire.broken("a list of values without bytes has any length");
        }
        if (count > m_wire.left() / width) {
            return m_wire.broken("a list has more elements than there are bytes");
        }
        const auto start = m_wire.at();
        const auto name = slice(m_wire.bytes(), m_key);
        m_nodes = name == "left_children" ? std::optional(count) : m_nodes;
        if ((type == 'l' || type == 'L') && (name == "left_children" || name == "right_children")) {
            return children(type, count);
        }
        if (type == 'C' || type == 'U' || type == 'i') {
            m_wire.text({start, start + count}, "list");
        }
        return m_wire.skip(count * width);
    }

    bool children(char type, std::uint64_t count)
    {
        for (std::uint64_t i = 0; i < count; ++i) {
            const auto start = m_wire.at();
            std::uint64_t bits = 0;
            if (!m_wire.spend(8) || !m_wire.number(*widthOf(type), bits)) {
                return false;
            }
            const auto child = extended(bits, type);
            if (child < -1 || (child >= 0 && static_cast<std::uint64_t>(child) >= count)) {
                m_wire.model().addFlaw(
                    "ubjson-child", {start, m_wire.at()}, std::to_string(child) + " of " + std::to_string(count));
            }
        }
        return true;
    }

    Wire& m_wire;
    std::vector<Open> m_open;
    std::size_t m_lists = 0; // of the open ones
    std::size_t m_trees = 0; // that are open: one in a tree is no tree of the model, and summing up all takes for ever
    std::optional<std::uint64_t> m_nodes; // of the tree that is read
    ByteRange m_key; // of the value that comes next; empty in lists
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    if (head.size() < 4 || (head[0] != '{' && head[0] != '[')) {
        return 0;
    }
    const int byName = fileName.ends_with(".ubj") || fileName.ends_with(".ubjson") ? 60 : 0;
    const auto type = head[1];
    if (head[0] == '[' || lengthTypes.find(type) == std::string_view::npos) {
        return byName;
    }
    const auto width = *widthOf(type);
    std::uint64_t size = 0;
    for (unsigned i = 0; i < width && 2 + i < head.size(); ++i) {
        size = (size << 8) | static_cast<unsigned char>(head[2 + i]);
    }
    const auto key = 2ULL + width;
    if (key >= head.size() || size >= head.size() - key || !isSimpleKey(head.substr(key, size))) {
        return byName;
    }
    // Text has no byte below 9 there.
    const auto follows = head[key + size];
    const bool known = widthOf(follows) || follows == 'S' || follows == 'H' || follows == '[' || follows == '{';
    return known && (width > 1 || size < 0x20) ? 85 : byName;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    Wire wire(artifact, budget, out, "UBJSON", "ubjson-broken");
    wire.finish(Reader(wire).run());
}

} // namespace cupel::formats::ubjson
