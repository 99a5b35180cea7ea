// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/zarr/zarr_layout.h"

#include "analyzers/base/json_outline.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

namespace cupel::formats::zarr {

namespace {

constexpr std::uint64_t tooMuch = std::numeric_limits<std::uint64_t>::max();
constexpr std::size_t mostExtents = 64;

std::uint64_t product(std::uint64_t a, std::uint64_t b)
{
    return a != 0 && b > tooMuch / a ? tooMuch : a * b;
}

std::uint64_t numberIn(std::string_view text)
{
    std::uint64_t out = 0;
    const auto* end = text.data() + text.size();
    return std::from_chars(text.data(), end, out).ptr == end ? out : 0;
}

// Bytes of one number. 0: of objects, records, and what is not known.
std::uint64_t sizeOf(std::string_view type)
{
    struct Known {
        std::string_view name;
        std::uint64_t size;
    };
    constexpr std::array names{Known{"bool", 1}, Known{"int4", 1}, Known{"uint4", 1}, Known{"int2", 1},
        Known{"uint2", 1}, Known{"int8", 1}, Known{"uint8", 1}, Known{"int16", 2}, Known{"uint16", 2},
        Known{"bfloat16", 2}, Known{"float16", 2}, Known{"int32", 4}, Known{"uint32", 4}, Known{"float32", 4},
        Known{"int64", 8}, Known{"uint64", 8}, Known{"float64", 8}, Known{"complex64", 8}, Known{"complex128", 16}};
    for (const auto& [name, size] : names) {
        if (type == name) {
            return size;
        }
    }
    if (type.starts_with("float8_") || type.starts_with("float4_") || type.starts_with("float6_")) {
        return 1;
    }
    if (type.starts_with('r')) { // raw bits of version 3
        return numberIn(type.substr(1)) / 8;
    }
    if (type.size() < 3 || std::string_view("<>|").find(type[0]) == std::string_view::npos) {
        return 0;
    }
    const auto count = numberIn(type.substr(2, std::min(type.find('['), type.size()) - 2));
    switch (type[1]) {
    case 'U':
        return product(count, 4);
    case 'b':
    case 'i':
    case 'u':
    case 'f':
    case 'c':
    case 'S':
    case 'V':
    case 'm':
    case 'M':
        return count;
    default:
        return 0;
    }
}

class Reader {
public:
    Reader(ByteView text, const JsonOutline& json)
        : m_text(text)
        , m_json(json)
    {
    }

    std::optional<Layout> run()
    {
        const auto chunks = member(0, "chunks");
        const auto grid = below(member(0, "chunk_grid"), "configuration");
        const auto shape = chunks != 0 ? chunks : below(grid, "chunk_shape");
        if (shape == 0) {
            return std::nullopt;
        }
        m_out.type = string(member(0, chunks != 0 ? "dtype" : "data_type"));
        m_out.bytes = product(elements(shape), sizeOf(m_out.type));
        chunks != 0 ? second() : third(member(0, "codecs"), elements(shape));
        m_out.bytes = m_out.bytes == tooMuch ? 0 : m_out.bytes;
        return std::move(m_out);
    }

private:
    // 0: there is none, since no member is the top.
    [[nodiscard]] std::uint32_t member(std::uint32_t object, std::string_view key) const
    {
        return m_json.member(m_text, object, key).value_or(0);
    }
    [[nodiscard]] std::uint32_t below(std::uint32_t object, std::string_view key) const
    {
        return object == 0 ? 0 : member(object, key);
    }
    // Each element of a list.
    template <typename Visit> void each(std::uint32_t list, const Visit& visit) const
    {
        for (auto at = list == 0 ? 0 : node(list).firstChild; at != 0; at = node(at).nextSibling) {
            visit(at);
        }
    }
    [[nodiscard]] const JsonNode& node(std::uint32_t at) const { return m_json.nodes()[at]; }
    [[nodiscard]] std::string string(std::uint32_t at) const
    {
        constexpr std::size_t longest = 64;
        return at == 0 ? std::string() : m_json.string(m_text, at, longest);
    }

    // Of a list of extents, which is not parsed further.
    [[nodiscard]] std::uint64_t elements(std::uint32_t list) const
    {
        const auto written = slice(m_text, node(list).value);
        std::uint64_t out = 1;
        std::size_t found = 0;
        for (std::size_t at = 0; at < written.size() && found < mostExtents;) {
            std::uint64_t extent = 0;
            const auto* end = std::from_chars(written.data() + at, written.data() + written.size(), extent).ptr;
            const auto next = static_cast<std::size_t>(end - written.data());
            if (next > at) {
                ++found;
                out = product(out, extent);
            }
            at = std::max(next, at + 1);
        }
        return found < mostExtents ? out : 0;
    }

    // Zarr's names of compressors, and those of formats/unpacked.
    void pack(const std::string& name)
    {
        struct Known {
            std::string_view name;
            std::string_view packing;
        };
        constexpr std::array known{Known{"zstd", "zstd"}, Known{"gzip", "gzip"}, Known{"zlib", "zlib"},
            Known{"bz2", "bzip2"}, Known{"lzma", "xz"}};
        const auto* found =
            std::find_if(known.begin(), known.end(), [&name](const Known& one) { return one.name == name; });
        if (!m_out.packing.empty() || found == known.end()) {
            m_out.strange = m_out.strange.empty() ? name : m_out.strange;
        }
        m_out.packing = found == known.end() ? name : found->packing;
    }

    void second()
    {
        if (const auto packer = member(0, "compressor"); packer != 0 && node(packer).type == JsonType::Object) {
            pack(string(member(packer, "id")));
        }
        each(member(0, "filters"), [this](std::uint32_t at) {
            const auto id = string(member(at, "id"));
            m_out.pickled = m_out.pickled || id == "pickle";
            m_out.strange = id.empty() ? "?" : id;
        });
    }

    void third(std::uint32_t codecs, std::uint64_t whole)
    {
        for (auto at = codecs == 0 ? 0 : node(codecs).firstChild; at != 0; at = node(at).nextSibling) {
            const auto name = string(member(at, "name"));
            const auto settings = member(at, "configuration");
            if (name == "sharding_indexed" && settings != 0 && m_out.chunks == 0 && m_out.packing.empty()) {
                shards(settings, whole);
                return;
            }
            step(name);
        }
    }

    void step(const std::string& name)
    {
        if (name == "crc32c") {
            m_out.strange = m_out.checksum ? name : m_out.strange;
            m_out.checksum = true;
        } else if (name != "bytes" && name != "transpose") {
            m_out.strange = m_out.checksum ? name : m_out.strange; // a checksum that is packed again
            m_out.pickled = m_out.pickled || name.find("pickle") != std::string::npos;
            pack(name);
        }
    }

    void shards(std::uint32_t settings, std::uint64_t whole)
    {
        const auto shape = member(settings, "chunk_shape");
        const auto inner = shape == 0 ? 0 : elements(shape);
        if (inner == 0 || whole % inner != 0 || whole == tooMuch) {
            m_out.strange = "sharding_indexed";
            return;
        }
        m_out.chunks = whole / inner;
        m_out.bytes = product(inner, sizeOf(m_out.type));
        m_out.indexAtStart = string(member(settings, "index_location")) == "start";
        each(member(settings, "codecs"), [this](std::uint32_t at) { step(string(member(at, "name"))); });
        each(member(settings, "index_codecs"), [this](std::uint32_t at) {
            const auto name = string(member(at, "name"));
            m_out.indexChecksum = m_out.indexChecksum || name == "crc32c";
            m_out.strange = name == "crc32c" || name == "bytes" ? m_out.strange : name;
        });
    }

    ByteView m_text;
    const JsonOutline& m_json;
    Layout m_out;
};

} // namespace

std::optional<Layout> layoutOf(ByteView json, Budget& budget)
{
    JsonOutline::Options options;
    options.detailDepth = 10;
    options.maxNodes = 10'000;
    const auto outline = JsonOutline::parse(json, budget, options);
    const bool object = !outline.empty() && outline.nodes()[0].type == JsonType::Object && !outline.stoppedEarly();
    return object ? Reader(json, outline).run() : std::optional<Layout>();
}

bool isChunkName(std::string_view part)
{
    if (part.starts_with('c')) {
        part = part.substr(part.starts_with("c.") ? 2 : 1);
        if (part.empty()) {
            return true;
        }
    }
    return !part.empty() && part.size() < 200 && part.find_first_not_of("0123456789.") == std::string_view::npos
        && part.front() != '.' && part.back() != '.';
}

} // namespace cupel::formats::zarr
