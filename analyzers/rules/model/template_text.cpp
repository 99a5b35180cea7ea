// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/model/template_text.h"

#include <algorithm>

namespace cupel::rules::model {

namespace {

constexpr std::string_view blanks = " \t\r\n";
constexpr std::size_t longestRun = 64; // of blanks that stay
constexpr std::size_t longestWords = 256; // between two tags, where even that is too much

class Shortener {
public:
    Shortener(ByteView whole, bool lossy)
        : m_whole(whole)
    {
        m_out.lossy = lossy;
    }

    ShortTemplate run()
    {
        std::size_t at = 0;
        while (at < m_whole.size()) {
            const auto tag = nextTag(at);
            data(at, tag);
            at = tag < m_whole.size() ? (m_whole[tag + 1] == '#' ? comment(tag) : code(tag)) : tag;
        }
        return std::move(m_out);
    }

private:
    [[nodiscard]] std::size_t nextTag(std::size_t at) const
    {
        for (at = m_whole.find('{', at); at != ByteView::npos && at + 1 < m_whole.size();
            at = m_whole.find('{', at + 1)) {
            if (m_whole[at + 1] == '{' || m_whole[at + 1] == '%' || m_whole[at + 1] == '#') {
                return at;
            }
        }
        return m_whole.size();
    }

    void keep(std::size_t start, std::size_t end)
    {
        if (start < end) {
            const auto& places = m_out.places;
            if (places.empty() || places.back().second + (m_out.text.size() - places.back().first) != start) {
                m_out.places.emplace_back(m_out.text.size(), start);
            }
            m_out.text.append(m_whole.substr(start, end - start));
        }
    }

    // Of a run of blanks the first few.
    void withoutBlanks(std::size_t start, std::size_t end)
    {
        const auto part = m_whole.substr(0, end);
        for (auto at = start; at < end;) {
            const auto run = std::min(part.find_first_of(blanks, at), end);
            const auto stop = std::min(part.find_first_not_of(blanks, run), end);
            keep(at, std::min(stop, run + longestRun));
            at = stop;
        }
    }

    void data(std::size_t start, std::size_t end)
    {
        withoutBlanks(start, m_out.lossy ? std::min(end, start + longestWords) : end);
    }

    // Behind it; one that never ends is left to the parser, as all that follows it.
    std::size_t comment(std::size_t at)
    {
        const auto end = m_whole.find("#}", at + 2);
        if (end == ByteView::npos) {
            keep(at, m_whole.size());
            return m_whole.size();
        }
        return end + 2;
    }

    std::size_t code(std::size_t at)
    {
        const char close = m_whole[at + 1] == '{' ? '}' : '%';
        keep(at, at + 2);
        for (auto from = at + 2;;) {
            const auto next = m_whole.find_first_of(close == '}' ? "}\"'" : "%\"'", from);
            if (next == ByteView::npos) {
                withoutBlanks(from, m_whole.size());
                return m_whole.size();
            }
            withoutBlanks(from, next);
            from = next;
            if (m_whole[next] != close) {
                from = behindText(next);
                keep(next, from);
            } else if (next + 1 < m_whole.size() && m_whole[next + 1] == '}') {
                keep(next, next + 2);
                return next + 2;
            } else {
                keep(next, ++from);
            }
        }
    }

    [[nodiscard]] std::size_t behindText(std::size_t at) const
    {
        const char quote = m_whole[at++];
        while (at < m_whole.size() && m_whole[at] != quote) {
            at += m_whole[at] == '\\' ? 2 : 1;
        }
        return std::min(at + 1, m_whole.size());
    }

    ByteView m_whole;
    ShortTemplate m_out;
};

} // namespace

ByteRange ShortTemplate::toWhole(ByteRange range) const
{
    const auto one = [this](std::uint64_t at) {
        const auto next = std::upper_bound(places.begin(), places.end(), at,
            [](std::uint64_t value, const auto& place) { return value < place.first; });
        return next == places.begin() ? at : (next - 1)->second + (at - (next - 1)->first);
    };
    return range.empty() ? ByteRange{one(range.start), one(range.start)}
                         : ByteRange{one(range.start), one(range.end - 1) + 1};
}

ShortTemplate shortened(ByteView whole, std::size_t most)
{
    auto out = Shortener(whole, false).run();
    return out.text.size() <= most ? std::move(out) : Shortener(whole, true).run();
}

} // namespace cupel::rules::model
