// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/remains.h"

#include "analyzers/base/redact.h"
#include "analyzers/base/utf8.h"
#include "analyzers/fixes/place_writer.h"
#include "analyzers/formats/region_location.h"
#include "analyzers/formats/region_text.h"
#include "analyzers/rules/equal_values.h"
#include "analyzers/rules/outputs/home_paths.h"
#include "analyzers/rules/outputs/leak_words.h"
#include "analyzers/rules/pii/known_values.h"
#include "analyzers/rules/pii/letters.h"
#include "analyzers/rules/pii/link_signs.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace cupel::engine {

namespace {

constexpr std::size_t mostShown = 200; // places of one finding
constexpr std::size_t mostFound = 10'000; // places of all values, and as many of words

using rules::pii::KnownValues;

// Words of a name that may stand alone: "Megan" of "Megan Example". What begins small is a word of prose ("van"), and
// so are short ones too often; where a sign is a syllable or a word, two are as much as four letters.
bool mayStandAlone(std::string_view word)
{
    constexpr std::size_t shortest = 4;
    using enum rules::pii::LinkSignKind;
    const auto sign = rules::pii::linkSignAt(word, 0);
    const bool syllable = sign.kind == Unspaced || sign.kind == Attached;
    const bool letter = sign.kind == Plain ? word[0] >= 'A' && word[0] <= 'Z' : syllable || sign.kind == Letter;
    return letter && !rules::pii::isSmallLetter(sign.point) && countCodePoints(word) * (syllable ? 2 : 1) >= shortest;
}

void learnWords(KnownValues& words, std::string_view name, std::size_t owner)
{
    for (std::size_t at = 0; at < name.size();) {
        const auto end = std::min(name.find_first_of(" ,", at), name.size());
        if (const auto word = name.substr(at, end - at); word.size() < name.size() && mayStandAlone(word)) {
            words.learn(word, owner);
        }
        at = end + 1;
    }
}

// A home folder is replaced for the name of its user: it may go on to stand in links and in other paths.
void learnUser(KnownValues& wholes, std::string_view path, std::size_t owner)
{
    constexpr std::ptrdiff_t fewestLetters = 4;
    if (const auto home = rules::outputs::homeIn(path)) {
        for (const auto name : {home->user.substr(0, home->user.find('@')), home->machine}) {
            if (rules::outputs::isTellingUser(name, fewestLetters)) {
                wholes.learn(name, owner);
            }
        }
    }
}

std::string_view withoutQuotes(std::string_view value)
{
    const bool quoted =
        value.size() >= 2 && value.front() == value.back() && (value.front() == '"' || value.front() == '\'');
    return quoted ? value.substr(1, value.size() - 2) : value;
}

// The values that the edits take out, by the finding they belong to.
struct TakenOut {
    KnownValues wholes;
    KnownValues words; // of names
};

// What goes with a part of the file, a widget's state or an output, may hold credentials that stand elsewhere too. Only
// those that no ordinary word can be: nobody named them.
void learnWithin(TakenOut& out, const fixes::Plan& plan, std::size_t edit, fixes::PlaceWriter& reader)
{
    const auto& before = *plan.analysis;
    for (const auto node : plan.edits[edit].removed) {
        const auto bytes = before.facts.toFile(plan.json->bytesOf(node));
        auto at = std::partition_point(before.sensitive.begin(), before.sensitive.end(),
            [&bytes](const ByteRange& range) { return range.start < bytes.start; });
        for (; at != before.sensitive.end() && at->end <= bytes.end && !out.wholes.full(); ++at) {
            const auto written = reader.valueAt(before.facts.fromFile(*at));
            const auto value = withoutQuotes(written);
            if (rules::isUnmistakable(value)) {
                out.wholes.learn(value, plan.edits[edit].finding);
            }
        }
    }
}

TakenOut takenOut(const fixes::Plan& plan, const std::vector<bool>& on)
{
    const auto& before = *plan.analysis;
    fixes::PlaceWriter reader(before.facts.text(before.artifact), before.facts);
    TakenOut out;
    for (std::size_t i = 0; i < plan.edits.size() && !(out.wholes.full() && out.words.full()); ++i) {
        const auto& edit = plan.edits[i];
        const bool home = edit.kind == "home-path";
        if (i < on.size() && !on[i]) {
            continue;
        }
        if (!(home || edit.kind.starts_with("redact"))) {
            learnWithin(out, plan, i, reader);
            continue;
        }
        const auto& finding = before.findings[edit.finding];
        for (const auto place : fixes::valuePlaces(finding)) {
            const auto value = reader.valueAt(before.facts.fromFile(place));
            home ? learnUser(out.wholes, value, edit.finding) : out.wholes.learn(value, edit.finding);
            if (finding.cls == "pii.person-name") {
                learnWords(out.words, value, edit.finding);
            }
        }
    }
    return out;
}

class Finder {
public:
    explicit Finder(const Analysis& after)
        : m_after(after)
        , m_text(after.facts.text(after.artifact))
    {
    }

    void look(const TakenOut& values, const formats::TextPiece& piece, const Region& region)
    {
        const auto wholes = values.wholes.find(piece.text, room(m_wholes));
        auto whole = wholes.begin();
        for (const auto& hit : wholes) {
            note(m_wholes, hit, false, piece, region);
        }
        for (const auto& hit : values.words.find(piece.text, room(m_words))) {
            while (whole != wholes.end() && whole->place.end <= hit.place.start) {
                ++whole;
            }
            const bool within = whole != wholes.end() && whole->place.overlaps(hit.place);
            if (hit.same && !within) {
                note(m_words, hit, true, piece, region);
            }
        }
    }

    Remains finish() &&
    {
        Remains out;
        out.complete = room(m_wholes) > 0 && room(m_words) > 0;
        for (auto* found : {&m_wholes, &m_words}) {
            for (auto& [finding, remain] : found->byFinding) {
                out.list.push_back(std::move(remain));
            }
        }
        return out;
    }

private:
    struct Found {
        std::map<std::size_t, Remain> byFinding;
        std::set<std::uint64_t> seen; // pieces and regions overlap
    };

    static std::size_t room(const Found& found) { return mostFound - std::min(mostFound, found.seen.size()); }

    void note(
        Found& found, const KnownValues::Hit& hit, bool part, const formats::TextPiece& piece, const Region& region)
    {
        const auto bytes = piece.map.toRaw(hit.place);
        const bool told = touches(m_after.sensitive, m_after.facts.toFile(bytes)); // by a finding
        if (told || !found.seen.insert(bytes.start).second) {
            return;
        }
        auto& remain = found.byFinding[hit.owner];
        remain.finding = hit.owner;
        remain.part = part;
        if (++remain.count <= mostShown) {
            if (!m_lines) {
                m_lines.emplace(m_text);
            }
            remain.places.push_back(formats::locationOf(m_after, region, bytes, *m_lines));
        }
    }

    const Analysis& m_after;
    ByteView m_text;
    std::optional<LineIndex> m_lines; // only when something is there
    Found m_wholes;
    Found m_words;
};

} // namespace

namespace {

std::string placesIn(const std::vector<Location>& places, std::size_t count)
{
    constexpr std::size_t most = 5;
    std::vector<std::pair<std::string, std::size_t>> groups; // neighbours of one cell are one place to look at
    std::size_t counted = 0;
    for (const auto& place : places) {
        if (groups.empty() || groups.back().first != place.human) {
            if (groups.size() == most) {
                break;
            }
            groups.emplace_back(place.human, 0);
        }
        ++groups.back().second;
        ++counted;
    }
    std::string out;
    for (const auto& [where, times] : groups) {
        out += (out.empty() ? "" : "; ") + where + (times > 1 ? " (" + std::to_string(times) + ")" : std::string());
    }
    return counted < count ? out + "; and " + std::to_string(count - counted) + " more" : out;
}

} // namespace

std::string placesOf(const Remain& remain)
{
    return placesIn(remain.places, remain.count);
}

std::string placesOf(const Finding& finding)
{
    std::vector<Location> places{finding.location};
    for (const auto& evidence : finding.evidence) {
        const bool another = evidence.location.bytes != finding.location.bytes && !evidence.location.human.empty();
        if (another && evidence.location.artifact == finding.location.artifact) {
            places.push_back(evidence.location);
        }
    }
    return placesIn(places, places.size());
}

Remains whatRemains(const fixes::Plan& plan, const std::vector<bool>& on, const Analysis& after, Budget& budget)
{
    const auto values = takenOut(plan, on);
    if (values.wholes.empty() && values.words.empty()) {
        return {};
    }
    Finder finder(after);
    formats::TextPiece piece;
    for (const auto& region : after.facts.regions) {
        if (region.kind == RegionKind::Image || region.kind == RegionKind::Attachment) {
            continue;
        }
        formats::RegionReader reader(after.facts.text(after.artifact), region);
        while (reader.next(piece) && budget.spend(piece.text.size() / 8)) {
            finder.look(values, piece, region);
        }
    }
    auto out = std::move(finder).finish();
    out.complete = out.complete && !values.wholes.full() && !values.words.full();
    return out;
}

} // namespace cupel::engine
