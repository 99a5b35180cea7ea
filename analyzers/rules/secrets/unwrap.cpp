// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/secrets/unwrap.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/base/encodings.h"
#include "analyzers/base/image_magic.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>

namespace cupel::rules::secrets {

namespace {

constexpr std::size_t shortestBase64 = 20;
constexpr std::size_t shortestHex = 32;
constexpr std::size_t longestRun = 8 << 20; // longer than any text given: a piece, folded or unpacked text
constexpr std::size_t maxInflated = 4 << 20; // of one stream; told
constexpr std::size_t maxStreams = 5'000; // per text; told. What is not compressed writes less than it takes.

enum CharClass : std::uint8_t { Base64Class = 1, HexClass = 2, PercentClass = 4 };

constexpr auto classes = [] {
    std::array<std::uint8_t, 256> table{};
    for (unsigned c = 0; c < 256; ++c) {
        const bool digit = c >= '0' && c <= '9';
        const bool upper = c >= 'A' && c <= 'Z';
        const bool lower = c >= 'a' && c <= 'z';
        const bool letterHex = (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
        if (digit || upper || lower || c == '+' || c == '/' || c == '-' || c == '_') {
            table[c] |= Base64Class;
        }
        if (digit || letterHex) {
            table[c] |= HexClass;
        }
    }
    return table;
}();

bool is(char c, std::uint8_t cls)
{
    return (classes[static_cast<unsigned char>(c)] & cls) != 0;
}

constexpr std::size_t readableSample = 4'096;

// Whether a text of `size` bytes can be readable that begins with these.
bool mayBeReadable(ByteView begin, std::size_t size)
{
    // At most eight of a hundred are not: that is soon passed where nothing is meant to be read.
    auto left = std::min(size, readableSample) * 8 / 100;
    return std::all_of(begin.begin(), begin.end(), [&left](char c) {
        const bool readable = (c >= 0x20 && c < 0x7F) || c == '\n' || c == '\t' || c == '\r';
        return readable || left-- > 0;
    });
}

bool isReadable(ByteView bytes)
{
    const auto sample = bytes.substr(0, readableSample);
    return sample.size() >= 6 && mayBeReadable(sample, sample.size());
}

bool isCompressed(ByteView bytes)
{
    if (bytes.size() < 12) {
        return false;
    }
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    return (first == 0x1F && second == 0x8B)
        || (first == 0x78 && (second == 0x01 || second == 0x5E || second == 0x9C || second == 0xDA));
}

class Unwrapper {
public:
    // `give` says whether to go on.
    Unwrapper(ByteView text, Budget& budget, const std::function<bool(Unwrapped)>& give, const Seams& seams)
        : m_text(text)
        , m_budget(budget)
        , m_seams(seams)
        , m_give(give)
    {
    }

    std::optional<std::uint64_t> run()
    {
        findRuns();
        findPercent();
        return m_cutAt;
    }

private:
    static constexpr std::size_t stride = 16;

    // One bit for each of 16 characters.
    [[nodiscard]] std::uint64_t base64Bits(std::size_t at) const
    {
        const auto block = blockAt(m_text, at);
        return bitsOf(((block | 0x20) - 'a' < 26) | (block - '0' < 10) | isOneOf<'+', '/', '-', '_'>(block));
    }

    // Where the run begins that goes on at `at`, no further back than what is done.
    [[nodiscard]] std::size_t startOfRun(std::size_t at) const
    {
        auto taken = stride;
        for (; taken == stride && at >= m_done + stride; at -= taken) {
            taken = static_cast<std::size_t>(std::countl_one(static_cast<std::uint16_t>(base64Bits(at - stride))));
        }
        while (taken == stride && at > m_done && is(m_text[at - 1], Base64Class)) {
            --at;
        }
        return at;
    }

    [[nodiscard]] std::size_t endOfRun(std::size_t start, std::size_t end) const
    {
        auto taken = stride;
        for (; taken == stride && end - start < longestRun; end += taken) {
            taken = static_cast<std::size_t>(std::countr_one(base64Bits(end))); // none behind the end of the text
        }
        return std::min(end, start + longestRun);
    }

    [[nodiscard]] bool isHex(ByteRange range) const
    {
        constexpr std::uint64_t all = (1ULL << stride) - 1;
        for (auto at = range.start; at < range.end; at += stride) {
            const auto block = blockAt(m_text, at);
            auto others = ~bitsOf(((block | 0x20) - 'a' < 6) | (block - '0' < 10)) & all;
            others &= range.end - at < stride ? (1ULL << (range.end - at)) - 1 : all;
            if (others != 0) {
                return false;
            }
        }
        return true;
    }

    // How far to go on from a run that is too short and does not end with its line; 0: it may be long enough. The first
    // look sees that it ends right behind this place, when the place one stride before was not part of it.
    [[nodiscard]] std::size_t overShort(std::size_t at)
    {
        const auto behind = static_cast<std::size_t>(std::countr_one(base64Bits(at + 1)));
        const auto end = at + 1 + behind;
        const char next = end < m_text.size() ? m_text[end] : '\0';
        if (behind >= stride || next == '\n' || next == '\r') {
            return 0;
        }
        if (behind < shortestBase64 - stride && end < m_text.size()) {
            return stride;
        }
        const auto before = static_cast<std::uint16_t>(base64Bits(at - (stride - 1)));
        const auto upTo = static_cast<std::size_t>(std::countl_one(before)); // this place included
        if (upTo >= stride || upTo + behind >= shortestBase64) {
            return 0;
        }
        m_done = end;
        return end - at + stride;
    }

    // Looks at every 16th character only: a run that matters is longer than that.
    void findRuns()
    {
        std::size_t at = stride - 1;
        while (at < m_text.size() && m_more) {
            const auto over = is(m_text[at], Base64Class) ? overShort(at) : stride;
            if (over > 0) {
                at += over;
                continue;
            }
            const auto start = startOfRun(at);
            const auto end = joinLines(endOfRun(start, at + 1));
            if (end - start >= shortestBase64) {
                run({start, end});
            }
            m_done = end;
            at = end + stride;
            if (!m_budget.spend(end - start + 1)) {
                return;
            }
        }
    }

    // base64 of MIME and PEM is broken into lines of 64 or 76: they belong together.
    std::size_t joinLines(std::size_t end) const
    {
        while (end + 1 < m_text.size() && (m_text[end] == '\n' || m_text.substr(end, 2) == "\r\n")) {
            const auto next = end + (m_text[end] == '\n' ? 1 : 2);
            auto stop = next;
            while (stop < m_text.size() && is(m_text[stop], Base64Class)) {
                ++stop;
            }
            const auto lineStart = m_text.rfind('\n', end > 0 ? end - 1 : 0);
            const auto length = end - (lineStart == ByteView::npos ? 0 : lineStart + 1);
            if ((length != 64 && length != 76) || stop == next) {
                break;
            }
            end = stop;
        }
        return end;
    }

    void run(ByteRange range)
    {
        const bool hex = range.size() >= shortestHex && isHex(range);
        // What began in the piece before may go on here at any of its characters; a wrong one is not readable.
        const std::size_t group = hex ? 2 : 4;
        const std::size_t shifts = m_seams.continues && range.start == 0 ? group : 1;
        for (std::size_t shift = 0; shift < shifts; ++shift) {
            const ByteRange rest{range.start + shift, range.end};
            hex ? runOfHex(rest) : runOfBase64(rest);
        }
    }

    void runOfHex(ByteRange range)
    {
        auto text = slice(m_text, range);
        text.remove_suffix(goesOn(range) ? text.size() % 2 : 0);
        // Digests are many: the first bytes tell whether it is worth decoding the rest.
        constexpr std::size_t head = 24; // for the head of what is compressed
        const auto begin = decodeHex(text.substr(0, head));
        if (!begin || !(mayBeReadable(*begin, text.size() / 2) || isCompressed(*begin))) {
            return;
        }
        auto decoded = decodeHex(text); // nothing for an odd number of digits
        keep(std::move(decoded), range, "hex");
    }

    void runOfBase64(ByteRange range)
    {
        while (range.end < m_text.size() && m_text[range.end] == '=' && range.end - range.start < longestRun) {
            ++range.end;
        }
        auto text = slice(m_text, range);
        // The first 32 characters tell whether it is worth decoding the rest.
        const auto head = decodeBase64(text.substr(0, std::min<std::size_t>(text.size(), 32) & ~std::size_t{3}));
        if (!head || !mediaByMagic(*head).empty() || !(isReadable(*head) || isCompressed(*head))) {
            return;
        }
        auto decoded = decodeBase64(text);
        if (!decoded && goesOn(range)) {
            text.remove_suffix(1); // the first character of a group
            decoded = decodeBase64(text);
        }
        keep(std::move(decoded), range, "base64");
    }

    // Ends with the text, which the next piece goes on with.
    [[nodiscard]] bool goesOn(ByteRange range) const
    {
        constexpr std::uint64_t lineBreak = 2;
        return m_seams.goesOn && range.end + lineBreak >= m_text.size();
    }

    void cut(std::uint64_t at) { m_cutAt = std::min(m_cutAt.value_or(at), at); }

    void keep(std::optional<std::string> decoded, ByteRange range, std::string_view how)
    {
        if (!decoded) {
            return;
        }
        if (isCompressed(*decoded)) {
            // The rest of a stream means nothing in the next piece, unless that holds all of it.
            if (++m_streams > maxStreams || (goesOn(range) && range.start + m_seams.repeated < m_text.size())) {
                cut(range.start);
            }
            if (m_streams > maxStreams) {
                return;
            }
            if (auto inflated = inflate(*decoded, maxInflated, m_budget); inflated && isReadable(*inflated)) {
                if (inflated->size() >= maxInflated) {
                    cut(range.start);
                }
                give({std::move(*inflated), range, "zlib"});
            }
        } else if (isReadable(*decoded)) {
            give({std::move(*decoded), range, how});
        }
    }

    void give(Unwrapped piece) { m_more = m_more && m_give(std::move(piece)); }

    // Words with %XX in them, decoded as a whole.
    void findPercent()
    {
        const auto isWord = [](char c) {
            return is(c, Base64Class) || c == '%' || c == '.' || c == '~' || c == '=' || c == '&' || c == ':'
                || c == '?';
        };
        std::size_t done = 0;
        for (auto at = m_text.find('%'); at != ByteView::npos && m_more;
            at = m_text.find('%', std::max(at + 1, done))) {
            if (at + 2 >= m_text.size() || !is(m_text[at + 1], HexClass) || !is(m_text[at + 2], HexClass)) {
                continue;
            }
            auto start = at;
            while (start > done && isWord(m_text[start - 1])) {
                --start;
            }
            auto end = at;
            while (end < m_text.size() && isWord(m_text[end]) && end - start < longestRun) {
                ++end;
            }
            done = end;
            if (end - start >= 12) {
                auto decoded = decodePercent(m_text.substr(start, end - start));
                if (isReadable(decoded)) {
                    give({std::move(decoded), {start, end}, "percent"});
                }
            }
            if (!m_budget.spend(end - start)) {
                return;
            }
        }
    }

    ByteView m_text;
    Budget& m_budget;
    std::size_t m_done = 0;
    const Seams m_seams;
    const std::function<bool(Unwrapped)>& m_give;
    bool m_more = true;
    std::size_t m_streams = 0;
    std::optional<std::uint64_t> m_cutAt;
};

} // namespace

std::optional<std::uint64_t> unwrapEach(
    ByteView text, Budget& budget, const std::function<void(Unwrapped)>& give, const Seams& seams)
{
    const std::function<bool(Unwrapped)> giveAll = [&give](Unwrapped piece) {
        give(std::move(piece));
        return true;
    };
    return Unwrapper(text, budget, giveAll, seams).run();
}

bool hasWrapped(ByteView text, Budget& budget)
{
    bool any = false;
    const std::function<bool(Unwrapped)> first = [&any](const Unwrapped&) {
        any = true;
        return false;
    };
    static_cast<void>(Unwrapper(text, budget, first, {}).run());
    return any;
}

std::vector<Unwrapped> unwrap(ByteView text, Budget& budget)
{
    std::vector<Unwrapped> all;
    unwrapEach(text, budget, [&all](Unwrapped piece) { all.push_back(std::move(piece)); });
    return all;
}

} // namespace cupel::rules::secrets
