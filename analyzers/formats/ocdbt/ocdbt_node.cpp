// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/ocdbt/ocdbt_node.h"

#include "analyzers/base/checksums.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace cupel::formats::ocdbt {

namespace {

constexpr std::size_t footer = 4;
constexpr std::size_t smallest = 4 + 8 + 1 + 1 + footer;
constexpr std::size_t longestPath = 65'535;
constexpr std::uint64_t mostTogether = 64 << 20; // bytes of all paths, or keys, of a node
constexpr std::size_t mostFiles = 10'000; // whose names are kept
constexpr std::uint64_t tooMuch = std::numeric_limits<std::uint64_t>::max();

class Cursor {
public:
    explicit Cursor(ByteView bytes)
        : m_rest(bytes)
    {
    }

    // Behind the end, or longer than a number is: none from there on.
    std::uint64_t varint()
    {
        std::uint64_t out = 0;
        for (unsigned shift = 0; shift < 64 && !m_rest.empty(); shift += 7) {
            const auto byte = static_cast<unsigned char>(m_rest.front());
            m_rest.remove_prefix(1);
            out |= std::uint64_t{byte & 0x7FU} << shift;
            if (byte < 0x80) {
                return out;
            }
        }
        m_failed = true;
        return 0;
    }

    ByteView take(std::uint64_t size)
    {
        if (size > m_rest.size()) {
            m_failed = true;
            m_rest = {};
            return {};
        }
        const auto out = m_rest.substr(0, size);
        m_rest.remove_prefix(size);
        return out;
    }

    // The sum of as many numbers; they are passed over.
    std::uint64_t column(std::uint64_t count, Budget& budget)
    {
        std::uint64_t sum = 0;
        for (std::uint64_t i = 0; i < count && !m_failed; ++i) {
            const auto value = varint();
            sum = value > tooMuch - sum ? tooMuch : sum + value;
            m_failed = m_failed || ((i & 0xFFF) == 0 && !budget.spend(0x1000));
        }
        return sum;
    }

    [[nodiscard]] ByteView rest() const { return m_rest; }
    [[nodiscard]] bool failed() const { return m_failed; }

private:
    ByteView m_rest;
    bool m_failed = false;
};

std::uint64_t littleEndian(ByteView bytes)
{
    std::uint64_t out = 0;
    for (std::size_t i = 0; i < bytes.size() && i < 8; ++i) {
        out |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return out;
}

// Texts of which each shares its beginning with the one before. A few bytes repeat one of 64 KB as often as they like:
// how much is put together has an end.
class Texts {
public:
    Texts(Cursor shared, Cursor lengths, ByteView rest)
        : m_shared(shared)
        , m_lengths(lengths)
        , m_rest(rest)
    {
    }

    const std::string& next()
    {
        const auto shared = m_first ? 0 : m_shared.varint();
        m_first = false;
        m_text.resize(std::min<std::uint64_t>(shared, m_text.size()));
        m_text += m_rest.take(m_lengths.varint());
        m_together += m_text.size();
        m_wrong = m_wrong || shared > m_text.size() || m_text.size() > longestPath || m_together > mostTogether;
        m_text.resize(std::min(m_text.size(), longestPath));
        return m_text;
    }
    [[nodiscard]] bool failed() const { return m_wrong || m_rest.failed() || m_lengths.failed() || m_shared.failed(); }

private:
    Cursor m_shared;
    Cursor m_lengths;
    Cursor m_rest;
    std::string m_text;
    std::uint64_t m_together = 0; // bytes of all
    bool m_first = true;
    bool m_wrong = false;
};

class Reader {
public:
    Reader(ByteView body, const Takers& takers, Budget& budget)
        : m_at(body)
        , m_takers(takers)
        , m_budget(budget)
    {
    }

    Contents run(Kind kind)
    {
        if (kind == Kind::Manifest) {
            manifest();
        } else {
            if (kind == Kind::Versions) {
                m_at.take(1); // of the tree's arity
            }
            m_out.height = littleEndian(m_at.take(1));
            table();
            if (kind == Kind::Tree) {
                tree();
            } else {
                m_out.height == 0 ? versions() : branches(false);
            }
        }
        if (m_at.failed()) {
            fail("a part of it lies behind its end");
        } else if (m_out.trouble.empty() && !m_at.rest().empty()) {
            fail("bytes follow what it holds");
        }
        return std::move(m_out);
    }

private:
    void fail(std::string why)
    {
        if (m_out.trouble.empty()) {
            m_out.trouble = std::move(why);
        }
    }

    void manifest()
    {
        constexpr std::string_view digits = "0123456789abcdef";
        for (const char c : m_at.take(16)) {
            const auto byte = static_cast<unsigned char>(c);
            m_out.uuid += digits[byte >> 4];
            m_out.uuid += digits[byte & 15];
        }
        const auto numbered = m_at.varint(); // other manifests stand beside this one, which has the settings only
        m_at.varint(); // the largest value inside of a node
        m_at.varint(); // the largest node
        m_at.take(1); // arity
        const auto packing = m_at.varint();
        m_at.take(packing == 1 ? 4 : 0);
        if (numbered > 1 || packing > 1) {
            fail("it has settings that are not known");
            m_at.take(m_at.rest().size());
        } else if (numbered == 0) {
            table();
            versions();
            branches(true);
        }
    }

    // Data files that the node refers to by number.
    void table()
    {
        const auto count = m_at.varint();
        if (count > m_at.rest().size()) {
            fail("it names more files than it has bytes");
            m_at.take(m_at.rest().size() + 1);
            return;
        }
        m_out.files += count;
        const auto shared = m_at;
        m_at.column(count == 0 ? 0 : count - 1, m_budget);
        const auto lengths = m_at;
        const auto size = m_at.column(count, m_budget);
        auto bases = m_at;
        m_at.column(count, m_budget); // lengths of the first part of each path
        Texts paths(shared, lengths, m_at.take(size));
        for (std::uint64_t i = 0; i < count && !paths.failed() && m_budget.spend(64); ++i) {
            const auto& path = paths.next();
            m_out.leadsOut = m_out.leadsOut || leadsOut(path);
            if (m_files.size() < mostFiles) {
                m_takers.name(path);
                m_files.push_back(
                    {path, static_cast<std::size_t>(std::min<std::uint64_t>(bases.varint(), path.size()))});
            }
        }
        if (paths.failed()) {
            fail("paths of its files cannot be put together");
        }
    }

    // Of nodes below this one: file, place, size.
    void places(std::uint64_t count)
    {
        auto files = m_at;
        m_at.column(count, m_budget);
        auto starts = m_at;
        m_at.column(count, m_budget);
        auto sizes = m_at;
        m_at.column(count, m_budget);
        for (std::uint64_t i = 0; m_takers.node && i < count && !m_at.failed() && m_budget.spend(64); ++i) {
            const auto file = files.varint();
            const auto start = starts.varint();
            const auto size = sizes.varint();
            if (file < m_files.size() && size <= tooMuch - start) {
                m_takers.node(m_files[file], {start, start + size});
            }
        }
    }

    // Roots of trees: number, height, file, place, size, three figures, time.
    void versions()
    {
        const auto count = m_at.varint();
        m_out.generations += count;
        m_at.column(count, m_budget);
        m_at.take(count);
        places(count);
        for (unsigned i = 0; i < 3; ++i) {
            m_at.column(count, m_budget);
        }
        m_at.take(count > m_at.rest().size() ? tooMuch : 8 * count);
    }

    // Nodes with more versions: number, file, place, size, how many, time; of a manifest the height of each as well.
    void branches(bool heights)
    {
        const auto count = m_at.varint();
        m_out.entries += count;
        m_at.column(count, m_budget);
        places(count);
        m_at.column(count, m_budget);
        m_at.take(count > m_at.rest().size() ? tooMuch : 8 * count);
        m_at.take(heights ? count : 0);
    }

    void tree()
    {
        const auto count = m_at.varint();
        if (count > m_at.rest().size()) {
            fail("it has more entries than bytes");
            m_at.take(m_at.rest().size() + 1);
            return;
        }
        m_out.entries = count;
        const auto shared = m_at;
        m_at.column(count == 0 ? 0 : count - 1, m_budget);
        const auto lengths = m_at;
        const auto size = m_at.column(count, m_budget);
        if (m_out.height > 0) {
            m_at.column(count, m_budget); // how much of each key all below it share
        }
        Texts keys(shared, lengths, m_at.take(size));
        for (std::uint64_t i = 0; i < count && !keys.failed() && m_budget.spend(64); ++i) {
            const auto& key = keys.next();
            if (!m_budget.spend(key.size())) {
                break;
            }
            m_takers.name(key);
        }
        if (keys.failed()) {
            fail("its keys cannot be put together");
        }
        m_out.height == 0 ? values(count) : children(count);
    }

    void children(std::uint64_t count)
    {
        places(count);
        for (unsigned i = 0; i < 3; ++i) { // figures of what is below
            m_at.column(count, m_budget);
        }
    }

    void values(std::uint64_t count)
    {
        auto lengths = m_at;
        m_at.column(count, m_budget);
        auto kinds = m_at;
        const auto outside = m_at.column(count, m_budget); // 1: in a data file
        if (outside > count) {
            fail("it has values of a kind that is not known");
            m_at.take(m_at.rest().size());
            return;
        }
        auto files = m_at;
        m_at.column(outside, m_budget);
        auto places = m_at;
        m_at.column(outside, m_budget);
        for (std::uint64_t i = 0; i < count && !m_at.failed() && m_budget.spend(64); ++i) {
            const auto length = lengths.varint();
            if (kinds.varint() == 0) {
                ++m_out.inside;
                const auto value = m_at.take(length);
                m_out.insideBytes += value.size();
                m_takers.value(value);
                continue;
            }
            ++m_out.elsewhere;
            const auto file = files.varint();
            const auto start = places.varint();
            if (file >= m_out.files || length > tooMuch - start) {
                fail("a value stands in a file that its table does not have");
            } else if (file < m_files.size()) {
                m_takers.place(m_files[file], {start, start + length});
            }
        }
    }

    Cursor m_at;
    const Takers& m_takers;
    Budget& m_budget;
    Contents m_out;
    std::vector<FileOfTable> m_files;
};

} // namespace

bool leadsOut(std::string_view path)
{
    const auto part = [&path] {
        const auto end = path.find('/');
        const auto out = path.substr(0, end);
        path = end == std::string_view::npos ? std::string_view() : path.substr(end + 1);
        return out;
    };
    if (path.starts_with('/')) {
        return true;
    }
    while (!path.empty()) {
        if (part() == "..") {
            return true;
        }
    }
    return false;
}

std::string_view toString(Kind kind)
{
    return kind == Kind::Manifest ? "manifest" : kind == Kind::Versions ? "versions" : "tree";
}

std::optional<Node> headerOf(ByteView bytes)
{
    if (bytes.size() < smallest || bytes[0] != '\x0c' || bytes[1] != '\xdb') {
        return std::nullopt;
    }
    const auto magic =
        static_cast<unsigned>(static_cast<unsigned char>(bytes[2])) << 8 | static_cast<unsigned char>(bytes[3]);
    Node out;
    if (magic == 0x3A2A) {
        out.kind = Kind::Manifest;
    } else if (magic == 0x1234) {
        out.kind = Kind::Versions;
    } else if (magic == 0x20DE) {
        out.kind = Kind::Tree;
    } else {
        return std::nullopt;
    }
    out.size = littleEndian(bytes.substr(4, 8));
    Cursor rest(bytes.substr(12));
    out.version = rest.varint();
    out.packing = rest.varint();
    out.bodyAt = bytes.size() - rest.rest().size();
    return rest.failed() || out.size < out.bodyAt + footer ? std::nullopt : std::optional(out);
}

bool isWhole(ByteView bytes, const Node& node)
{
    if (node.size > bytes.size()) {
        return false;
    }
    const auto end = node.size - footer;
    return crc32c(bytes.substr(0, end)) == littleEndian(bytes.substr(end, footer));
}

Contents contentsOf(const Node& node, ByteView body, const Takers& takers, Budget& budget)
{
    return Reader(body, takers, budget).run(node.kind);
}

} // namespace cupel::formats::ocdbt
