// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/link_name.h"

#include "analyzers/rules/pii/link_signs.h"
#include "analyzers/rules/pii/profile_link.h"

#include <algorithm>
#include <optional>

namespace cupel::rules::pii {

namespace {

// Signs of one piece; one of most scripts has three bytes, each of them in percent code. Behind signs that a sentence
// may go on with it ends where no name goes on, however far that is: a rest of it would tell who it is.
constexpr std::size_t longestName = 100;

bool isAlnum(char c)
{
    return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

class NameReader {
public:
    NameReader(ByteView text, std::size_t at)
        : m_text(text)
        , m_start(at)
        , m_sure(at)
        , m_opened(at)
        , m_joined(at)
    {
    }

    LinkName read()
    {
        std::size_t thirds = 0;
        auto at = m_start;
        for (auto sign = signAt(at); sign.size > 0; sign = signAt(at)) {
            if (at == m_start && sign.kind == LinkSignKind::Odd && sign.point < 0x80) {
                return {}; // "$user", "~user"
            }
            thirds += sign.point == 0 ? 1 : 3;
            if (thirds > 3 * longestName && !m_open && !m_head) {
                return {};
            }
            take(sign, at);
            at += sign.size;
            m_before = sign;
        }
        if (m_leads) {
            return {};
        }
        if (m_head && (isGenitive() || leadsToSite())) {
            return cutAt(m_joined);
        }
        return {{m_start, m_sure}, {m_start, m_head.value_or(m_sure)}};
    }

private:
    [[nodiscard]] LinkSign signAt(std::size_t at) const
    {
        const bool apostrophe = at < m_text.size() && m_text[at] == '\'' && isApostrophe(at);
        return apostrophe ? LinkSign{LinkSignKind::Odd, 1, '\''} : linkSignAt(m_text, at);
    }

    // "o'neil", where no quote that began before the link could end.
    [[nodiscard]] bool isApostrophe(std::size_t at) const
    {
        constexpr std::size_t around = 200;
        const auto isLetter = [this](std::size_t i) {
            const char c = i < m_text.size() ? m_text[i] : ' ';
            return (isAlnum(c) && c > '9') || (c & 0x80) != 0;
        };
        if (at == m_start || !isLetter(at - 1) || !isLetter(at + 1)) {
            return false;
        }
        for (auto i = m_start; i > 0 && m_start - i < around && m_text[i - 1] != '\n'; --i) {
            if (m_text[i - 1] == '\'' && (i < 3 || !isLetter(i - 2) || !isLetter(i - 3))) { // as in f'...'
                return false;
            }
        }
        return true;
    }

    void take(const LinkSign& sign, std::size_t at)
    {
        if (mayBeSentence(sign, at)) {
            m_leads = m_leads || at == m_start;
            m_opened = m_open ? m_opened : m_sure;
            m_open = true;
        } else if (sign.joins() && (m_leads || m_open)) {
            if (m_leads && numberBehind(at + sign.size)) {
                m_leads = false;
                confirm(at + sign.size);
            }
        } else if (!sign.is('.') && !m_leads) { // a sentence may end with a dot
            confirm(at + sign.size);
        }
    }

    void confirm(std::size_t end)
    {
        if (m_open) {
            m_open = false;
            m_joined = m_opened;
            m_head = m_head.value_or(m_opened);
        }
        m_sure = end;
    }

    [[nodiscard]] bool mayBeSentence(const LinkSign& sign, std::size_t at) const
    {
        const bool close = m_sure == at && at > m_start; // right behind what is of the name
        switch (sign.kind) {
        case LinkSignKind::Odd:
            return true;
        case LinkSignKind::Unspaced:
            return !close || (!m_before.joins() && m_before.kind != LinkSignKind::Unspaced);
        case LinkSignKind::Attached:
            return m_open || (close && m_before.kind == LinkSignKind::Plain && !m_before.joins());
        case LinkSignKind::End:
        case LinkSignKind::Plain:
        case LinkSignKind::Letter:
            break;
        }
        return false;
    }

    // Sites put one behind a hyphen to tell people with one name apart.
    [[nodiscard]] bool numberBehind(std::size_t at) const
    {
        constexpr std::size_t longest = 30;
        const auto rest = m_text.substr(std::min(at, m_text.size()), longest);
        const auto* const end = std::find_if_not(rest.begin(), rest.end(), isAlnum);
        return std::any_of(rest.begin(), end, [](char c) { return c >= '0' && c <= '9'; });
    }

    [[nodiscard]] bool isGenitive() const // "ann’s"
    {
        const auto mark = signAt(m_joined);
        return (mark.point == 0x2019 || mark.point == 0x2018 || mark.is('\'')) && m_joined + mark.size + 1 == m_sure
            && (m_text[m_sure - 1] | 0x20) == 's';
    }

    // Another link follows, which is somebody else's.
    [[nodiscard]] bool leadsToSite() const
    {
        const auto next = m_text.substr(std::min(m_sure, m_text.size()), 3);
        const auto dot = slice(m_text, {m_joined, m_sure}).rfind('.');
        return next == "://" || next == ":\\/" || (dot != ByteView::npos && mayEndSite(m_text, m_joined + dot));
    }

    [[nodiscard]] LinkName cutAt(std::size_t end) const
    {
        return {{m_start, end}, {m_start, std::min(m_head.value_or(end), end)}};
    }

    ByteView m_text;
    std::size_t m_start;
    std::size_t m_sure; // where what belongs to the name ends
    std::size_t m_opened; // where signs begin that may be of the sentence
    std::size_t m_joined; // the same of the last ones that turned out to be of the name
    std::optional<std::size_t> m_head; // the same of the first ones
    bool m_open = false; // there are such signs behind m_sure
    bool m_leads = false; // the name begins with them: only a number behind a hyphen makes it one
    LinkSign m_before;
};

} // namespace

LinkName linkNameAt(ByteView text, std::size_t at)
{
    return NameReader(text, at).read();
}

} // namespace cupel::rules::pii
