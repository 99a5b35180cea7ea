// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/fixes/line_rows.h"

#include "analyzers/base/line_diff.h"
#include "analyzers/base/utf8.h"

#include <algorithm>
#include <string_view>

namespace cupel::fixes {

namespace {

constexpr std::size_t longestLine = 400;

// What the whole texts of cut lines may take, in all lines of one text.
constexpr std::size_t longestWhole = 64 << 10;
constexpr std::size_t wholeRoom = 1 << 20;

// Unchanged lines of one text that are listed; behind them few stand around each change.
constexpr std::size_t mostUnfolded = 50'000;

// How much of `line` the text leaves out, and the line itself for whoever asks. `signs`: characters of the text that
// stand for what is left out.
void tellCut(PreviewSide& side, std::string_view line, std::size_t signs, std::size_t& room)
{
    const auto all = countCodePoints(line);
    const auto shown = countCodePoints(side.text);
    const auto kept = shown > signs ? shown - signs : 0;
    side.cut = all > kept ? all - kept : 0;
    if (side.cut > 0 && room > 0) {
        side.whole = toDisplay(line, std::min(longestWhole, room));
        room -= side.whole.size();
        const auto told = countCodePoints(side.whole);
        side.beyond = all > told ? all - told : 0;
    }
}

PreviewSide side(std::size_t index, std::string_view line, std::size_t& room)
{
    PreviewSide made;
    made.number = static_cast<std::uint32_t>(index + 1);
    made.text = toDisplay(line, longestLine);
    tellCut(made, line, 0, room);
    return made;
}

bool isWordByte(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '<'
        || c == '>' || (static_cast<unsigned char>(c) & 0x80) != 0;
}

// A placeholder is one word, also between the tags of a markup.
std::vector<std::string_view> wordsOf(std::string_view line)
{
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < line.size();) {
        auto end = at + 1;
        while (isWordByte(line[at]) && end < line.size() && isWordByte(line[end]) && line[end] != '<'
            && line[end - 1] != '>') {
            ++end;
        }
        words.push_back(line.substr(at, end - at));
        at = end;
    }
    return words;
}

constexpr std::size_t longestCompared = 1 << 16; // bytes of a line that are compared word by word
constexpr std::size_t mostWords = 1'000'000; // of all lines that are: behind them a line changed as a whole

// How many bytes two lines have in common at both ends, cut between words.
struct EqualEnds {
    std::size_t head = 0;
    std::size_t tail = 0;
};

bool isBetweenWords(std::string_view line, std::size_t at)
{
    return at == 0 || at >= line.size() || !isWordByte(line[at - 1]) || !isWordByte(line[at]) || line[at] == '<'
        || line[at - 1] == '>';
}

EqualEnds equalEnds(std::string_view a, std::string_view b)
{
    constexpr std::size_t longestWord = 160; // a longer one is cut
    const auto shorter = std::min(a.size(), b.size());
    const auto isInside = [](std::string_view line, std::size_t at) {
        return at < line.size() && (static_cast<unsigned char>(line[at]) & 0xC0) == 0x80;
    };
    EqualEnds ends;
    ends.head = static_cast<std::size_t>(
        std::mismatch(a.begin(), a.begin() + static_cast<std::ptrdiff_t>(shorter), b.begin()).first - a.begin());
    const auto most = ends.head;
    while (ends.head > 0 && most - ends.head < longestWord
        && !(isBetweenWords(a, ends.head) && isBetweenWords(b, ends.head))) {
        --ends.head;
    }
    while (ends.head > 0 && (isInside(a, ends.head) || isInside(b, ends.head))) {
        --ends.head;
    }
    const auto left = static_cast<std::ptrdiff_t>(shorter - ends.head);
    ends.tail = static_cast<std::size_t>(std::mismatch(a.rbegin(), a.rbegin() + left, b.rbegin()).first - a.rbegin());
    const auto longest = ends.tail;
    while (ends.tail > 0 && longest - ends.tail < longestWord
        && !(isBetweenWords(a, a.size() - ends.tail) && isBetweenWords(b, b.size() - ends.tail))) {
        --ends.tail;
    }
    while (ends.tail > 0 && (isInside(a, a.size() - ends.tail) || isInside(b, b.size() - ends.tail))) {
        --ends.tail;
    }
    return ends;
}

// Two lines word by word. Of a long line only what stands around its changes is kept, so that all of them are seen.
class ChangedLine {
public:
    // `words`: how many may still be compared, of all lines together; it goes down.
    ChangedLine(PreviewSide& before, std::string_view old, PreviewSide& after, std::string_view now, std::size_t& words)
        : m_before(before)
        , m_after(after)
        , m_words(words)
        , m_long(std::max(old.size(), now.size()) > longestLine)
    {
        const auto ends = std::max(old.size(), now.size()) > longestCompared ? equalEnds(old, now) : EqualEnds();
        if (ends.head > 0) {
            same(old.substr(0, ends.head), true, false);
        }
        middle(old.substr(ends.head, old.size() - ends.head - ends.tail),
            now.substr(ends.head, now.size() - ends.head - ends.tail), ends);
        if (ends.tail > 0) {
            same(old.substr(old.size() - ends.tail), false, true);
        }
        finish(m_before);
        finish(m_after);
    }

    // Characters of a side that stand for what it leaves out.
    [[nodiscard]] std::size_t signsBefore() const { return signsIn(m_before, m_signsBefore); }
    [[nodiscard]] std::size_t signsAfter() const { return signsIn(m_after, m_signsAfter); }

private:
    // The end of the text may be cut in the middle of one.
    static std::size_t signsIn(const PreviewSide& side, const std::vector<std::size_t>& starts)
    {
        std::size_t count = 0;
        for (const auto start : starts) {
            const std::string_view text = side.text;
            count += start < text.size() ? countCodePoints(text.substr(start, cutSign.size())) : 0;
        }
        return count;
    }

    void middle(std::string_view old, std::string_view now, const EqualEnds& ends)
    {
        if (old.empty() || now.empty() || m_words == 0) {
            old.empty() ? void() : changed(m_before, old);
            now.empty() ? void() : changed(m_after, now);
            return;
        }
        const auto oldWords = wordsOf(old.substr(0, longestCompared));
        const auto newWords = wordsOf(now.substr(0, longestCompared));
        m_words -= std::min(m_words, oldWords.size() + newWords.size());
        const auto runs = diffLines(oldWords, newWords);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const auto& run = runs[i];
            if (run.kind == DiffRun::Kind::Same) {
                same(joined(oldWords, run.before, run.count), i == 0 && ends.head == 0,
                    i + 1 == runs.size() && ends.tail == 0);
            } else {
                const bool removed = run.kind == DiffRun::Kind::Removed;
                changed(removed ? m_before : m_after,
                    joined(removed ? oldWords : newWords, removed ? run.before : run.after, run.count));
            }
        }
        // What is too long to be compared word by word ends with a difference: it is told as another text.
        if (old.size() > longestCompared) {
            changed(m_before, old.substr(longestCompared));
        }
        if (now.size() > longestCompared) {
            changed(m_after, now.substr(longestCompared));
        }
    }

    static constexpr std::size_t longestSpan = 160; // of one change in a long line
    static constexpr std::size_t around = 40; // bytes kept on each side of a change in a long line
    static constexpr std::string_view cutSign = " \u2026 ";

    static std::string_view joined(const std::vector<std::string_view>& words, std::size_t first, std::size_t count)
    {
        const auto& last = words[first + count - 1];
        return {words[first].data(), static_cast<std::size_t>(last.data() + last.size() - words[first].data())};
    }

    void same(std::string_view text, bool first, bool last)
    {
        const std::size_t head = first ? 0 : around;
        const std::size_t tail = last ? 0 : around;
        std::string shown;
        if (!m_long || text.size() <= head + tail + cutSign.size()) {
            shown = toDisplay(text, longestLine);
        } else {
            auto from = text.size() - tail;
            while (from < text.size() && (static_cast<unsigned char>(text[from]) & 0xC0) == 0x80) {
                ++from;
            }
            shown = toDisplay(text, head);
            m_signsBefore.push_back(m_before.text.size() + shown.size());
            m_signsAfter.push_back(m_after.text.size() + shown.size());
            shown += std::string(cutSign) + toDisplay(text.substr(from), tail);
        }
        m_before.text += shown;
        m_after.text += shown;
    }

    void changed(PreviewSide& side, std::string_view text)
    {
        const auto start = side.text.size();
        const auto most = m_long ? longestSpan : longestLine;
        side.text += toDisplay(text, most);
        side.spans.push_back({start, side.text.size()});
        if (text.size() > most) {
            (&side == &m_before ? m_signsBefore : m_signsAfter).push_back(side.text.size());
            side.text += cutSign;
        }
    }

    void finish(PreviewSide& side) const
    {
        constexpr std::size_t most = 4 * longestLine; // many changes in a long line
        side.text = toDisplay(side.text, most);
        while (!side.spans.empty() && side.spans.back().start >= side.text.size()) {
            side.spans.pop_back();
        }
        if (!side.spans.empty()) {
            side.spans.back().end = std::min<std::uint64_t>(side.spans.back().end, side.text.size());
            side.changed = {side.spans.front().start, side.spans.back().end};
        }
    }

    PreviewSide& m_before;
    PreviewSide& m_after;
    std::vector<std::size_t> m_signsBefore; // where they begin in the text
    std::vector<std::size_t> m_signsAfter;
    std::size_t& m_words;
    bool m_long;
};

class RowMaker {
public:
    RowMaker(const std::string& before, const std::string& after, std::size_t around, std::size_t most)
        : m_before(splitLines(before))
        , m_after(splitLines(after))
        , m_around(around)
        , m_left(most)
    {
    }

    std::vector<PreviewRow> run()
    {
        const auto runs = diffLines(m_before, m_after);
        for (std::size_t i = 0; i < runs.size(); ++i) {
            const auto& run = runs[i];
            if (run.kind == DiffRun::Kind::Same) {
                same(run, i == 0, i + 1 == runs.size());
            } else if (run.kind == DiffRun::Kind::Removed && i + 1 < runs.size()
                && runs[i + 1].kind == DiffRun::Kind::Added) {
                changed(run, runs[i + 1]);
                ++i;
            } else {
                oneSided(run);
            }
        }
        if (m_cut.folded > 0) {
            m_cut.kind = PreviewRow::Kind::Cut;
            m_rows.push_back(std::move(m_cut));
        }
        return std::move(m_rows);
    }

private:
    void same(const DiffRun& run, bool first, bool last)
    {
        const auto around = std::max(std::min(m_around, m_unfolded), std::min(m_around, fewAround));
        const bool unchanged = first && last && m_around > fewAround; // all of it is listed from its start
        const auto head = first && !unchanged ? 0 : std::min(around, run.count);
        const auto tail = last ? 0 : std::min(around, run.count - head);
        m_unfolded -= std::min(m_unfolded, head + tail);
        const auto list = [&](std::size_t from, std::size_t to) {
            for (auto i = from; i < to && m_left > 0; ++i) {
                // Of those further away the cut ones are not kept whole: the room is for what changes.
                std::size_t none = 0;
                auto& room = i < fewAround || i + fewAround >= run.count ? m_room : none;
                m_rows.push_back({PreviewRow::Kind::Same, side(run.before + i, m_before[run.before + i], room),
                    side(run.after + i, m_after[run.after + i], room), 0});
            }
        };
        list(0, head);
        if (const auto hidden = run.count - head - tail; hidden > 0 && m_left > 0) {
            m_rows.push_back({PreviewRow::Kind::Folded, {}, {}, static_cast<std::uint32_t>(hidden)});
        }
        list(run.count - tail, run.count);
    }

    void changed(const DiffRun& removed, const DiffRun& added)
    {
        for (std::size_t i = 0; i < std::max(removed.count, added.count); ++i) {
            if (m_left == 0) {
                cut(i < removed.count ? &m_before[removed.before + i] : nullptr,
                    i < added.count ? &m_after[added.after + i] : nullptr);
                continue;
            }
            --m_left;
            PreviewRow row{PreviewRow::Kind::Changed, {}, {}, 0};
            const bool both = i < removed.count && i < added.count;
            if (i < removed.count && !both) {
                row.before = side(removed.before + i, m_before[removed.before + i], m_room);
            }
            if (i < added.count && !both) {
                row.after = side(added.after + i, m_after[added.after + i], m_room);
            }
            if (both) {
                row.before.number = static_cast<std::uint32_t>(removed.before + i + 1);
                row.after.number = static_cast<std::uint32_t>(added.after + i + 1);
                const auto old = m_before[removed.before + i];
                const auto now = m_after[added.after + i];
                const ChangedLine line(row.before, old, row.after, now, m_words);
                tellCut(row.before, old, line.signsBefore(), m_room);
                tellCut(row.after, now, line.signsAfter(), m_room);
            } else {
                row.kind = row.before.number > 0 ? PreviewRow::Kind::Removed : PreviewRow::Kind::Added;
            }
            m_rows.push_back(std::move(row));
        }
    }

    void oneSided(const DiffRun& run)
    {
        const bool removed = run.kind == DiffRun::Kind::Removed;
        for (std::size_t i = 0; i < run.count; ++i) {
            if (m_left == 0) {
                cut(removed ? &m_before[run.before + i] : nullptr, removed ? nullptr : &m_after[run.after + i]);
                continue;
            }
            --m_left;
            PreviewRow row{removed ? PreviewRow::Kind::Removed : PreviewRow::Kind::Added, {}, {}, 0};
            (removed ? row.before : row.after) = removed ? side(run.before + i, m_before[run.before + i], m_room)
                                                         : side(run.after + i, m_after[run.after + i], m_room);
            m_rows.push_back(std::move(row));
        }
    }

    void cut(const std::string_view* before, const std::string_view* after)
    {
        ++m_cut.folded;
        m_cut.before.cut += before ? countCodePoints(*before) : 0;
        m_cut.after.cut += after ? countCodePoints(*after) : 0;
    }

    std::vector<std::string_view> m_before;
    std::vector<std::string_view> m_after;
    std::size_t m_around;
    std::size_t m_unfolded = mostUnfolded;
    std::vector<PreviewRow> m_rows;
    std::size_t m_left; // lines that differ and may still be listed
    PreviewRow m_cut; // the others
    std::size_t m_room = wholeRoom;
    std::size_t m_words = mostWords;
};

} // namespace

std::vector<PreviewRow> lineRows(
    const std::string& before, const std::string& after, std::size_t around, std::size_t most)
{
    return RowMaker(before, after, around, most).run();
}

bool hasLineNumbers(std::string_view form)
{
    return form != "ename" && form != "evalue";
}

void leaveNumbersOut(std::vector<PreviewRow>& rows)
{
    for (auto& row : rows) {
        row.before.number = 0;
        row.after.number = 0;
    }
}

std::vector<PreviewRow> compareTexts(const std::string& before, const std::string& after)
{
    return lineRows(before, after, fewAround);
}

} // namespace cupel::fixes
