// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/pii/text_scanner.h"

#include "analyzers/base/byte_scan.h"
#include "analyzers/rules/pii/character_bits.h"
#include "analyzers/rules/pii/contact.h"
#include "analyzers/rules/pii/exclusions.h"
#include "analyzers/rules/pii/names.h"
#include "analyzers/rules/pii/number_looks.h"
#include "analyzers/rules/pii/positions.h"
#include "analyzers/rules/pii/profile_link.h"
#include "analyzers/rules/pii/scanner_rows.h"
#include "analyzers/rules/pii/shape_index.h"
#include "analyzers/rules/pii/spelled_mail.h"
#include "analyzers/rules/pii/text_runs.h"
#include "analyzers/rules/pii/validator.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace cupel::rules::pii {

namespace {

constexpr std::size_t mostMatches = 200'000; // of one text; hostile ones are cut
constexpr std::size_t longestPrefix = 4; // letters before a separator and digits, and groups of addresses

class Scanner {
public:
    Scanner(ByteView text, Budget& budget)
        : m_text(text)
        , m_budget(budget)
        , m_runs(text)
    {
    }

    std::vector<Match> run(bool& complete)
    {
        for (TextRun run; m_runs.next(run);) {
            if (run.size() == 0) {
                sign(run.start);
            } else if (run.digits || mayLead(run)) {
                word(run);
            } else {
                continue; // nearly all
            }
            if ((m_matches.size() > mostMatches) || !m_budget.spend(8)) {
                complete = false;
                break;
            }
        }
        complete = complete && m_contextWhole;
        return settle();
    }

private:
    // Whether letters alone may be a title or the beginning of a value, by what follows, or a spelled "at".
    [[nodiscard]] bool mayLead(const TextRun& run) const
    {
        if (isAt(run)) {
            return true;
        }
        if (run.end >= m_text.size() || (classOf(m_text[run.end]) & JoinBit) == 0) {
            return false;
        }
        const char next = m_text[run.end];
        const bool initial = (classOf(m_text[run.start]) & InitialBit) != 0;
        if (next == ' ') {
            return initial || (run.size() <= longestPrefix && digitSoon(m_text, run.end));
        }
        return run.size() <= longestPrefix || next == ':' || initial
            || (next == '.' && (m_text[run.start] == 'u' || mayEndSite(m_text, run.end)));
    }

    [[nodiscard]] bool isAt(const TextRun& run) const
    {
        return run.size() == 2 && (m_text[run.start] | 0x20) == 'a' && (m_text[run.start + 1] | 0x20) == 't';
    }

    // One of @ + ( : stands at `at`.
    void sign(std::size_t at)
    {
        const char c = m_text[at];
        const char next = at + 1 < m_text.size() ? m_text[at + 1] : '\0';
        if (c == '@') {
            if (const auto place = emailAround(m_text, at)) {
                own(ownRows().email, *place, true);
                personBeside(*place);
            }
        } else if (c == ':') {
            const bool alone = next == ':' && (at == 0 || (isBetween(m_text[at - 1]) && m_text[at - 1] != '_'));
            if (const auto address = alone ? ipv6At(m_text, at) : std::nullopt) {
                network(*address);
                m_runs.skipTo(address->place.end);
            }
        } else if ((classOf(next) & DigitBit) != 0) {
            if (c == '+') {
                if (const auto place = internationalPhoneAt(m_text, at)) {
                    own(ownRows().phone, *place, true);
                }
            }
            shapes(at, at, 0, true);
        }
    }

    void word(const TextRun& run)
    {
        constexpr std::size_t longestWord = 63;
        const auto at = run.start;
        const auto end = run.end;
        if (run.size() > longestWord) {
            return;
        }
        const char next = end < m_text.size() ? m_text[end] : '\0';
        if (!run.digits) {
            const bool dotted = next == '.' && end + 1 < m_text.size() && (classOf(m_text[end + 1]) & DigitBit) != 0;
            if (end - at <= longestPrefix && (next == ' ' || next == '-' || dotted) && digitSoon(m_text, end)) {
                shapes(at, end, end - at, false);
            }
            if (end - at >= 2 && (next == '.' || next == ':' || next == ' ')) {
                title(at, end);
            }
            if (const auto link = next == '.' ? profileAt(m_text, at, end) : std::nullopt) {
                own(ownRows().profile, link->person, true);
                m_matches.back().site = link->site;
                m_runs.skipTo(link->person.end);
                return;
            }
            if (isAt(run)) {
                if (const auto mail = spelledEmailAround(m_text, at)) {
                    own(ownRows().email, mail->place, false);
                    if (mail->sure) {
                        m_matches.back().confidence = Confidence::Likely;
                        m_matches.back().proved = true;
                    }
                    personBeside(mail->place);
                }
            }
        }
        if (end - at <= longestPrefix && (next == ':' || next == '-' || next == '.')) {
            address(at, end, next);
        }
        if (run.digits && !isFraction(m_text, at)) {
            const bool digits = !run.letters;
            if (digits && next == '.' && end - at == 1 && isLongFraction(m_text, end + 1) && !mayBeAngle(end)) {
                return; // 0.12345: no value has a point there
            }
            if (digits && end - at <= 3 && mayBeAngle(end)) {
                if (const auto place = positionAt(m_text, at)) {
                    own(ownRows().position, *place, false);
                    m_matches.back().severity = Severity::Low;
                    m_runs.skipTo(place->end);
                    return;
                }
            }
            shapes(at, end, end - at, digits);
        }
    }

    // In a text that has anything to say of places.
    [[nodiscard]] bool mayBeAngle(std::size_t at)
    {
        if (!endsLikeDegrees(m_text, at)) {
            return false;
        }
        m_places = m_places ? m_places : mentionsPlaces(m_text);
        return *m_places;
    }

    void title(std::size_t at, std::size_t end)
    {
        // Titles are few: their first letters decide nearly always. Behind a label stands a colon.
        const bool setting = m_text[at] == 'u' && m_text[end] == '.'; // user.name
        const bool mayBeTitle = setting || m_text[end] == ':' || (classOf(m_text[at]) & InitialBit) != 0;
        if (!mayBeTitle || (at > 0 && m_text[at - 1] == '_')) {
            return;
        }
        if (setting) {
            if (const auto place = personAfterConfig(m_text, at)) {
                own(ownRows().person, *place, true);
                m_matches.back().severity = Severity::Low;
                m_matches.back().proof = "it is set as user.name";
            }
        } else if (const auto person = personAfterTitle(m_text, at, end)) {
            own(ownRows().person, person->name, false);
            m_matches.back().severity = Severity::Low;
            m_matches.back().proof =
                m_text[end] == ':' ? "a label stands in front of it" : "a title or a salutation stands in front of it";
            if (!person->address.empty()) { // the word of a program
                labelled({at, end});
                own(ownRows().email, person->address, true);
                labelled({at, end});
            }
        }
    }

    // "J. R. Doe (doe at lab.edu)": whose address it is.
    void personBeside(ByteRange mail)
    {
        if (const auto person = personBeforeAddress(m_text, mail)) {
            own(ownRows().person, *person, false);
            auto& match = m_matches.back();
            match.severity = Severity::Low;
            match.confidence = Confidence::Likely;
            match.proof = "its e-mail address stands beside it";
            match.proved = match.byAddress = true;
        }
    }

    // The last match stands behind a label that makes it certain.
    void labelled(ByteRange label)
    {
        auto& match = m_matches.back();
        match.proved = true;
        match.severity = Severity::Medium;
        match.confidence = Confidence::Certain;
        match.contextPlace = label;
        match.contextLength = label.size();
        match.contextOnLine = true;
    }

    void address(std::size_t at, std::size_t end, char next)
    {
        const char before = at > 0 ? m_text[at - 1] : ' ';
        const char second = at > 1 ? m_text[at - 2] : ' ';
        if (before == '_' || before == '.') {
            return;
        }
        if (next == '.' && (classOf(m_text[at]) & DigitBit) != 0 && end - at <= 3
            && (before != '-' || isBetween(second))) {
            if (const auto found = ipv4At(m_text, at)) {
                network(*found);
            }
        }
        if (((next == ':' || next == '-') && end - at == 2) || (next == '.' && end - at == 4)) {
            if (const auto place = macAt(m_text, at); place && before != next && before != ':') {
                own(ownRows().mac, *place, true);
            }
        }
        if (next == ':' && (before != ':' || isBetween(second))) {
            if (const auto found = ipv6At(m_text, at); found && !(before == ':' && second == ':')) {
                network(*found);
            }
        }
    }

    void network(const NetworkAddress& found)
    {
        own(found.inside ? ownRows().inside : ownRows().ip, found.place, true);
    }

    void own(std::size_t row, ByteRange place, bool sure)
    {
        auto& match = m_matches.emplace_back();
        match.row = &rows()[row];
        match.place = place;
        match.severity = match.row->severity;
        match.confidence = sure ? match.row->confidence : Confidence::Possible;
        match.proved = sure;
    }

    // All shapes that can start here. `run` is the length of the run of letters and digits, 0 for a sign.
    void shapes(std::size_t at, std::size_t runEnd, std::size_t run, bool dialled)
    {
        const auto& bucket = m_index.startingWith(m_text[at], run);
        const char next = runEnd < m_text.size() ? m_text[runEnd] : '\0';
        const bool strong = bucket.strong.mayBeFollowedBy(next);
        const bool mayBeWeak = dialled || bucket.weak.mayBeFollowedBy(next);
        const ByteRange head{at, std::max(runEnd, at + 1)};
        if (strong || (mayBeWeak && (!m_contextRead || words().anyAround(head) || continuesList(at)))) {
            tryShapes(bucket, head, next, dialled);
        }
    }

    void tryShapes(const ShapeBucket& bucket, ByteRange head, char next, bool dialled)
    {
        const auto at = head.start;
        const bool strong = bucket.strong.mayBeFollowedBy(next);
        const bool mayBeWeak = dialled || bucket.weak.mayBeFollowedBy(next);
        const auto signs = startSignsAt(m_text, at);
        if (strong) {
            for (const auto shape : bucket.strong.shapes) {
                if (mayFit(m_index.gate(shape), at, next, signs)) {
                    tryShape(shape, at, head);
                }
            }
        }
        if (!mayBeWeak) {
            return;
        }
        // Until the words of the text are known, only what is written like a value asks for them.
        const auto& weak = bucket.weak.shapes;
        const auto fits = [&](std::uint16_t shape) {
            return mayFit(m_index.gate(shape), at, next, signs) && shapeEnd(m_index.shape(shape).shape, at);
        };
        const bool needed =
            m_contextRead || isCrowded() || std::any_of(weak.begin(), weak.end(), fits) || (dialled && mayBePhone(at));
        const bool listed = continuesList(at);
        if (!needed || (!words().anyAround(head) && !listed)) {
            return;
        }
        const auto near = wordsAround(head);
        for (const auto shape : weak) {
            const auto& gate = m_index.gate(shape);
            if (near.test(gate.row) && mayFit(gate, at, next, signs)) {
                tryShape(shape, at, head);
            }
        }
        if (dialled && near.test(ownRows().phone)) {
            if (const auto place = mayBePhone(at)) {
                ownWithContext(ownRows().phone, *place);
            }
        }
    }

    // So many places that to ask each of them how it is written takes longer than to look for the words once.
    [[nodiscard]] bool isCrowded()
    {
        constexpr std::size_t bytesForEach = 64;
        return ++m_asked * bytesForEach > m_text.size() + 4'096;
    }

    // What is wrong with most places is told by one or two signs. `next` stands behind the first run.
    [[nodiscard]] bool mayFit(const ShapeGate& gate, std::size_t at, char next, const StartSigns& signs) const
    {
        const auto mark = at + gate.markAt;
        return signs.has(gate.needed) && (gate.separator == '\0' || gate.separator == next)
            && (gate.mark == '\0' || (mark < m_text.size() && m_text[mark] == gate.mark));
    }

    [[nodiscard]] std::optional<ByteRange> mayBePhone(std::size_t at) const
    {
        return continuesBefore(m_text, at, anyNumber()) ? std::nullopt : phoneAt(m_text, at);
    }

    // Where a value of this shape ends that begins at `at`; nothing when it is none, or part of something longer.
    [[nodiscard]] std::optional<std::size_t> shapeEnd(const Shape& shape, std::size_t at) const
    {
        const auto end = matchShape(shape, m_text, at);
        const bool whole =
            end != ByteView::npos && !continuesBehind(m_text, end, shape) && !continuesBefore(m_text, at, shape);
        return whole ? std::optional(end) : std::nullopt;
    }

    void tryShape(std::uint16_t shape, std::size_t at, ByteRange head)
    {
        const auto& entry = m_index.shape(shape);
        if (const auto end = shapeEnd(entry.shape, at)) {
            judge(entry, {at, *end}, wordsAround(head).test(entry.row));
        }
    }

    // The next text of a list in code, behind a value that a word told: `'diagnosis': ['Z79.4', 'M54.5', ...]`. The
    // word speaks of all of them, however far away it stands.
    [[nodiscard]] bool continuesList(std::size_t at) const
    {
        constexpr std::size_t farthest = 60; // indented on a line of its own
        if (!m_listed.row || at <= m_listed.place.end || at - m_listed.place.end > farthest) {
            return false;
        }
        const auto between = m_text.substr(m_listed.place.end, at - m_listed.place.end);
        const char quote = between.front();
        return (quote == '\'' || quote == '"') && between.size() >= 3 && between.back() == quote
            && std::count(between.begin(), between.end(), ',') == 1
            && between.substr(1, between.size() - 2).find_first_not_of(", \t\r\n") == ByteView::npos;
    }

    [[nodiscard]] RowSet wordsAround(ByteRange head)
    {
        auto near = words().around(head);
        if (continuesList(head.start)) {
            near.set(static_cast<std::size_t>(m_listed.row - rows().data()));
        }
        return near;
    }

    // The words of a text are looked for when the first value needs them: most texts hold none.
    Context& words()
    {
        if (!m_contextRead) {
            m_contextRead = true;
            m_contextWhole = m_context.read(m_text);
        }
        return m_context;
    }

    static const Shape& anyNumber()
    {
        static const Shape shape = readShape("#").front();
        return shape;
    }

    void ownWithContext(std::size_t row, ByteRange place)
    {
        own(row, place, true);
        const auto word = words().best(place, row);
        m_matches.back().contextLength = word.length;
        m_matches.back().contextPlace = word.place;
        m_matches.back().contextOnLine = word.onLine;
    }

    static auto score(const Match& match)
    {
        return std::make_tuple(!match.loose,
            match.contextLength == 0  ? 0
                : match.contextOnLine ? 2
                                      : 1,
            match.checksum, match.contextLength / 4, match.proved, match.confidence, match.row->rank,
            match.place.size());
    }

    void judge(const IndexedShape& entry, ByteRange place, bool context)
    {
        const auto& row = rows()[entry.row];
        const auto& checks = checksOfRows()[entry.row];
        const auto value = compact(slice(m_text, place), !row.exactCase);
        const auto holds = [&value](const Validator* validator) { return validator->holds(value); };
        const bool proved = std::all_of(checks.all.begin(), checks.all.end(), holds);
        const bool loose = !proved && checks.loose && context && checks.loose->holds(value);
        if ((!proved && !loose) || isPublishedSample(row, value)) {
            return;
        }
        Match match;
        match.row = &row;
        match.place = place;
        match.severity = row.severity;
        match.confidence = row.confidence;
        match.proved = proved && !checks.all.empty();
        match.checksum = match.proved && checks.checksum;
        match.loose = loose;
        if (loose) {
            match.confidence = Confidence::Possible;
            match.severity = std::min(match.severity, Severity::Low);
        } else if (context) {
            match.confidence = match.checksum ? Confidence::Certain : row.confidence;
        } else if (row.need == Need::Check && entry.shape.demand != Shape::Demand::Nothing) {
            match.confidence = Confidence::Possible;
            match.severity = std::min(match.severity, Severity::Low);
        }
        if (context) {
            const auto word = words().best(place, entry.row);
            match.contextLength = word.length;
            match.contextPlace = word.place;
            match.contextOnLine = word.onLine;
            if (word.length == 0) {
                match.contextLength = m_listed.contextLength;
                match.contextPlace = m_listed.contextPlace;
                match.contextOnLine = m_listed.contextOnLine;
            }
            if (m_listed.place != match.place || score(m_listed) < score(match)) {
                m_listed = match;
            }
        }
        m_matches.push_back(match);
    }

    std::vector<Match> settle()
    {
        std::stable_sort(m_matches.begin(), m_matches.end(), [](const Match& a, const Match& b) {
            return std::tie(a.place.start, a.place.end) < std::tie(b.place.start, b.place.end);
        });
        std::vector<Match> kept;
        for (const auto& match : m_matches) {
            bool beaten = false;
            while (!kept.empty() && kept.back().place.overlaps(match.place)) {
                if (score(kept.back()) >= score(match)) {
                    beaten = true;
                    break;
                }
                kept.pop_back();
            }
            if (!beaten) {
                kept.push_back(match);
            }
        }
        return kept;
    }

    ByteView m_text;
    Budget& m_budget;
    TextRuns m_runs;
    const ShapeIndex& m_index = ShapeIndex::shared();
    Context m_context;
    Match m_listed; // the last value that a word told
    bool m_contextRead = false;
    std::size_t m_asked = 0; // places before it was
    std::optional<bool> m_places; // whether positions are looked for
    bool m_contextWhole = true;
    std::vector<Match> m_matches;
};

} // namespace

std::vector<Match> scanText(ByteView text, Budget& budget, bool& complete)
{
    return Scanner(text, budget).run(complete);
}

} // namespace cupel::rules::pii
