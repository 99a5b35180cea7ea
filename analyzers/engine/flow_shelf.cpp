// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/flow_shelf.h"

#include "analyzers/base/hash.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/engine/file_source.h"
#include "analyzers/engine/mapped_file.h"
#include "analyzers/rules/flows/exposure_words.h"
#include "analyzers/rules/rule_set.h"

#include <algorithm>
#include <set>
#include <utility>

namespace cupel::engine {

namespace {

using lineage::Exposure;

constexpr std::size_t mostEvidence = 20;
constexpr std::size_t mostFollowed = 500; // files of one scan

// Everybody has a model.h5: files mean the same one when their folders are the same, or lie in or beside each other.
std::vector<std::string> keysOf(std::string_view path, const std::string& name)
{
    std::vector<std::string> keys;
    for (int i = 0; i < 2; ++i) {
        const auto slash = path.rfind('/');
        path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
        keys.push_back(std::string(path) + '\n' + name);
    }
    return keys;
}

bool crosses(const Exposure& one)
{
    const auto other = [&one](const Exposure::Step& step) { return step.piece != one.piece; };
    return std::any_of(one.way.begin(), one.way.end(), other)
        || std::any_of(one.served.begin(), one.served.end(), other);
}

// What only several files show together, where the harm is done in one of those that are waited for.
std::vector<Exposure> crossing(
    const std::vector<FlowNotesPtr>& notes, const std::map<std::string, std::size_t>& wanted, Budget& budget)
{
    std::vector<const lineage::FlowPiece*> pieces;
    for (const auto& one : notes) {
        pieces.push_back(&one->piece);
    }
    auto found = lineage::exposures(pieces, budget);
    std::erase_if(
        found, [&](const Exposure& one) { return !crosses(one) || !wanted.contains(pieces[one.piece]->file); });
    return found;
}

// Files that findings are about and whose places are not known.
std::set<std::string> placeless(const std::vector<FlowNotesPtr>& notes, const std::vector<Exposure>& found)
{
    std::set<std::string> paths;
    const auto add = [&](std::uint32_t piece) {
        if (!notes[piece]->placed) {
            paths.insert(notes[piece]->piece.file);
        }
    };
    for (const auto& one : found) {
        add(one.piece);
        std::for_each(one.way.begin(), one.way.end(), [&](const Exposure::Step& step) { add(step.piece); });
        std::for_each(one.served.begin(), one.served.end(), [&](const Exposure::Step& step) { add(step.piece); });
    }
    return paths;
}

class Teller {
public:
    explicit Teller(const std::vector<FlowNotesPtr>& notes)
        : m_notes(notes)
    {
        for (const auto& one : notes) {
            std::map<std::pair<std::uint64_t, std::uint64_t>, const Evidence*> known;
            const auto places = rules::flows::placesOf(one->piece);
            for (std::size_t i = 0; i < places.size() && i < one->places.size(); ++i) {
                if (!one->places[i].location.artifact.empty()) {
                    known.emplace(std::pair(places[i].bytes.start, places[i].bytes.end), &one->places[i]);
                }
            }
            m_places.push_back(std::move(known));
        }
    }

    // Null: its place is not known, or a comment there allows it.
    void tell(const Exposure& one, Analysis& analysis) const
    {
        const auto* here = evidenceAt({one.piece, one.place});
        const auto* beside = here ? baseOf(one, *here, analysis) : nullptr;
        if (!here || (one.kind == Exposure::Kind::Loaded && !beside)) {
            return;
        }
        const auto first = one.way.empty() ? one.piece : one.way.front().piece;
        auto words =
            rules::flows::wordsOf(one, first == one.piece ? std::string_view() : std::string_view(nameOf(first)));
        const auto alone = std::find_if(analysis.findings.begin(), analysis.findings.end(), [&](const Finding& other) {
            return other.rule == words.rule && other.location.bytes == here->location.bytes;
        });
        if (alone != analysis.findings.end()) { // the file says it alone; where it is served is new
            alone->message = std::move(words.message);
            addSteps(one.served, "context", alone->evidence);
            return;
        }
        analysis.findings.push_back(made(one, std::move(words), *here, beside));
    }

private:
    [[nodiscard]] const std::string& nameOf(std::uint32_t piece) const { return m_notes[piece]->piece.file; }

    [[nodiscard]] const Evidence* evidenceAt(const Exposure::Step& step) const
    {
        const auto& known = m_places[step.piece];
        const auto hit = known.find(std::pair(step.place.bytes.start, step.place.bytes.end));
        return hit == known.end() ? nullptr : hit->second;
    }

    // What the rules of code say of the call: gone when a comment allows it.
    static const Finding* baseOf(const Exposure& one, const Evidence& here, const Analysis& analysis)
    {
        const auto hit = std::find_if(analysis.findings.begin(), analysis.findings.end(), [&](const Finding& finding) {
            return finding.location.bytes == here.location.bytes && rules::flows::isLoadRule(finding.rule);
        });
        return one.kind == Exposure::Kind::Loaded && hit != analysis.findings.end() ? &*hit : nullptr;
    }

    void addSteps(const std::vector<Exposure::Step>& steps, const char* role, std::vector<Evidence>& evidence) const
    {
        for (const auto& step : steps) {
            const auto* place = evidenceAt(step);
            if (place && evidence.size() < mostEvidence) {
                evidence.push_back(*place);
                evidence.back().role = role;
            }
        }
    }

    [[nodiscard]] Finding made(
        const Exposure& one, rules::flows::ExposureWords words, const Evidence& here, const Finding* beside) const
    {
        Finding finding;
        finding.rule = words.rule;
        if (const auto* rule = rules::findRule(words.rule)) {
            finding.family = rule->family;
            finding.title = rule->title;
        }
        finding.message = std::move(words.message);
        finding.severity = words.severity;
        finding.confidence = words.confidence;
        finding.location = here.location;
        finding.evidence.push_back({"match", here.location, here.excerpt});
        addSteps(one.way, "step", finding.evidence);
        if (finding.evidence.size() > 1) {
            finding.evidence[1].role = "source";
        }
        finding.evidence.push_back({"sink", here.location, here.excerpt});
        addSteps(one.served, "context", finding.evidence);
        finding.fingerprint = crossingFingerprint(finding.rule, beside ? beside->fingerprint : here.excerpt);
        finding.context = toHex(sha256(here.excerpt)).substr(0, 16);
        return finding;
    }

    const std::vector<FlowNotesPtr>& m_notes;
    std::vector<std::map<std::pair<std::uint64_t, std::uint64_t>, const Evidence*>> m_places; // by piece
};

} // namespace

std::string crossingFingerprint(std::string_view rule, std::string_view seed)
{
    return toHex(sha256("cupel-fingerprint-2\n" + std::string(rule) + '\n' + std::string(seed))).substr(0, 32);
}

void FlowShelf::put(const std::string& path, FlowNotesPtr notes)
{
    const std::lock_guard lock(m_mutex);
    if (notes) {
        m_notes.insert_or_assign(path, std::move(notes));
    } else {
        m_notes.erase(path);
    }
}

std::vector<std::string> FlowShelf::toFollow(const std::vector<std::string>& paths) const
{
    const std::lock_guard lock(m_mutex);
    std::map<std::string, std::vector<std::string_view>> users; // of names: paths
    for (const auto& [path, notes] : m_notes) {
        for (const auto& name : notes->hint.names) {
            for (const auto& key : keysOf(path, name)) {
                users[key].push_back(path);
            }
        }
    }
    using lineage::FlowHint;
    const auto any = [this](const std::vector<std::string_view>& list, bool FlowHint::* what) {
        return std::any_of(list.begin(), list.end(),
            [&](std::string_view path) { return m_notes.find(std::string(path))->second->hint.*what; });
    };
    std::set<std::string_view> told;
    std::vector<std::string> wanted;
    for (const auto& start : paths) {
        std::vector<std::string_view> group;
        std::vector<std::string_view> open;
        const auto add = [&](std::string_view path) {
            if (told.insert(path).second) {
                group.push_back(path);
                open.push_back(path);
            }
        };
        if (const auto own = m_notes.find(start); own != m_notes.end()) {
            add(own->first);
        }
        bool crosses = false; // one fetches what another may load or serve
        while (!open.empty()) {
            const std::string path(open.back());
            open.pop_back();
            for (const auto& name : m_notes.find(path)->second->hint.names) {
                for (const auto& key : keysOf(path, name)) {
                    auto& list = users[key];
                    crosses =
                        crosses || (list.size() > 1 && any(list, &FlowHint::fetches) && any(list, &FlowHint::harmed));
                    std::for_each(list.begin(), list.end(), add);
                    list.clear(); // once is enough
                }
            }
        }
        for (const auto path : group) {
            const bool known = m_notes.find(std::string(path))->second->followed;
            if (crosses && !known && wanted.size() < mostFollowed) {
                wanted.emplace_back(path);
            }
        }
    }
    std::sort(wanted.begin(), wanted.end());
    return wanted;
}

// Reads its code once more. What it was told of the file stays as it is.
void FlowShelf::follow(const std::string& path, Budget& budget)
{
    Artifact artifact;
    artifact.path = path;
    auto bytes = openFile(path, mappedFrom, budget);
    if (!bytes) {
        put(path, nullptr);
        return;
    }
    artifact.bytes = std::move(bytes).value();
    FlowNotes notes;
    {
        const std::lock_guard lock(m_mutex);
        const auto known = m_notes.find(path);
        if (known == m_notes.end()) {
            return;
        }
        notes.hint = known->second->hint;
    }
    notes.piece = rules::flows::quickPiece(std::move(artifact), notes.hint, budget);
    notes.followed = true;
    put(path, std::make_shared<const FlowNotes>(std::move(notes)));
}

// Judges it once more: what may be shown of its places, rules decide that look at all of it. Its findings of the first
// time stay.
void FlowShelf::findPlaces(const std::string& path, const ScanOptions& options, Budget& budget)
{
    Artifact artifact;
    artifact.path = path;
    auto bytes = openFile(path, mappedFrom, budget);
    if (!bytes) {
        put(path, nullptr);
        return;
    }
    artifact.bytes = std::move(bytes).value();
    FlowNotes notes; // nothing in it: it is known that there is nothing
    FlowSink sink;
    sink.follow = true;
    sink.take = [&notes](FlowNotes own) { notes = std::move(own); };
    auto own = options;
    own.limits.digests = false;
    static_cast<void>(analyze(std::move(artifact), own, budget, ChildSink(), EarlySink(), sink));
    notes.followed = true;
    notes.placed = true;
    put(path, std::make_shared<const FlowNotes>(std::move(notes)));
}

std::vector<FlowNotesPtr> FlowShelf::followed() const
{
    const std::lock_guard lock(m_mutex);
    std::vector<FlowNotesPtr> notes;
    for (const auto& [path, one] : m_notes) {
        if (one->followed && !one->piece.empty()) {
            notes.push_back(one);
        }
    }
    return notes;
}

void FlowShelf::complete(std::vector<AnalysisPtr>& analyses, const ScanOptions& options, Budget& budget)
{
    std::map<std::string, std::size_t> wanted;
    std::vector<std::string> paths;
    for (std::size_t i = 0; i < analyses.size(); ++i) {
        wanted.emplace(analyses[i]->artifact.path, i);
        paths.push_back(analyses[i]->artifact.path);
    }
    std::sort(paths.begin(), paths.end()); // they come in the order in which threads were done
    for (const auto& path : toFollow(paths)) {
        auto own = budget.child();
        if (!own.stopped()) {
            follow(path, own);
        }
    }
    auto notes = followed();
    auto found = crossing(notes, wanted, budget);
    const auto bare = placeless(notes, found);
    for (const auto& path : bare) {
        auto own = budget.child();
        if (!own.stopped()) {
            findPlaces(path, options, own);
        }
    }
    if (!bare.empty()) { // numbers of pieces may be others now
        notes = followed();
        found = crossing(notes, wanted, budget);
    }
    const Teller teller(notes);
    std::map<std::size_t, std::shared_ptr<Analysis>> changed;
    for (const auto& one : found) {
        const auto at = wanted.find(notes[one.piece]->piece.file)->second;
        auto& copy = changed[at];
        if (!copy) {
            copy = std::make_shared<Analysis>(*analyses[at]);
        }
        teller.tell(one, *copy);
    }
    for (auto& [index, copy] : changed) {
        std::sort(copy->findings.begin(), copy->findings.end(), comesBefore);
        analyses[index] = std::move(copy);
    }
}

} // namespace cupel::engine
