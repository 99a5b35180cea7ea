// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare.h"

#include "analyzers/base/hash.h"
#include "analyzers/base/line_diff.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/formats/region_text.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::review {

namespace {

constexpr std::size_t longestSource = 256 << 10;
constexpr std::uint64_t leastShown = 24; // bytes of outputs that tell a cell from others
constexpr std::size_t mostCompared = 40; // cells on each side that are compared word by word

struct CellText {
    std::string source; // decoded
    std::string sourceKey; // digest without white space
    std::string outputKey;
    std::string shownKey; // the same, but empty where nothing worth a name is shown
    std::string id;
};

std::string withoutBlanks(std::string_view text)
{
    std::string out;
    for (const char c : text) {
        if (c != ' ' && c != '\t' && c != '\n' && c != '\r') {
            out.push_back(c);
        }
    }
    return out;
}

std::vector<CellText> readCells(const Analysis& analysis, const formats::NotebookFacts& notebook)
{
    const auto text = analysis.facts.text(analysis.artifact);
    const auto& regions = analysis.facts.regions;
    std::vector<CellText> cells;
    for (const auto& cell : notebook.cells) {
        CellText entry;
        entry.id = cell.id;
        if (cell.source >= 0 && static_cast<std::size_t>(cell.source) < regions.size()) {
            entry.source =
                formats::readRegion(text, regions[static_cast<std::size_t>(cell.source)], longestSource).text;
        }
        entry.sourceKey = toHex(sha256(withoutBlanks(entry.source)));
        Sha256Stream outputs;
        std::uint64_t shown = 0;
        for (const auto& output : cell.outputs) {
            for (const auto region : output.regions) {
                outputs.add(slice(text, regions[region].bytes));
                shown += regions[region].bytes.size();
            }
        }
        entry.outputKey = toHex(outputs.finish());
        entry.shownKey = shown >= leastShown ? entry.outputKey : std::string();
        cells.push_back(std::move(entry));
    }
    return cells;
}

std::vector<std::string_view> splitWords(std::string_view text)
{
    constexpr std::size_t most = 2'000;
    const auto isWord = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'
            || (static_cast<unsigned char>(c) & 0x80) != 0;
    };
    std::vector<std::string_view> words;
    for (std::size_t at = 0; at < text.size() && words.size() < most;) {
        auto end = at;
        while (end < text.size() && isWord(text[end])) {
            ++end;
        }
        if (end > at) {
            words.push_back(text.substr(at, end - at));
        }
        at = std::max(end, at + 1);
    }
    return words;
}

double sharedPart(const std::vector<std::string_view>& a, const std::vector<std::string_view>& b)
{
    std::multiset<std::string_view> left(a.begin(), a.end());
    std::size_t shared = 0;
    for (const auto part : b) {
        if (const auto hit = left.find(part); hit != left.end()) {
            left.erase(hit);
            ++shared;
        }
    }
    const auto total = a.size() + b.size();
    return total == 0 ? 0 : 2.0 * static_cast<double>(shared) / static_cast<double>(total);
}

// Share of lines that two sources have in common, 0 to 1; of few lines each may have been edited: then of words.
double likeness(const std::string& a, const std::string& b)
{
    constexpr std::size_t few = 5;
    const auto left = splitLines(a);
    const auto right = splitLines(b);
    const auto lines = sharedPart(left, right);
    return std::max(left.size(), right.size()) > few ? lines
                                                     : std::max(lines, sharedPart(splitWords(a), splitWords(b)));
}

class Aligner {
public:
    Aligner(std::vector<CellText> before, std::vector<CellText> after)
        : m_before(std::move(before))
        , m_after(std::move(after))
        , m_partner(m_after.size())
        , m_taken(m_before.size())
    {
    }

    std::vector<CellPair> run()
    {
        bySource();
        byId();
        match([](const CellText& cell) { return cell.shownKey; }); // edited a little, and it shows the same
        byLikeness();
        return ordered();
    }

private:
    void pair(std::size_t before, std::size_t after)
    {
        m_partner[after] = before;
        m_taken[before] = true;
    }

    // In order first, so that of two equal cells the right one is taken; then wherever they moved to.
    void bySource()
    {
        std::vector<std::string_view> left;
        std::vector<std::string_view> right;
        for (const auto& cell : m_before) {
            left.push_back(cell.sourceKey);
        }
        for (const auto& cell : m_after) {
            right.push_back(cell.sourceKey);
        }
        for (const auto& run : diffLines(left, right)) {
            for (std::size_t i = 0; run.kind == DiffRun::Kind::Same && i < run.count; ++i) {
                pair(run.before + i, run.after + i);
            }
        }
        match([](const CellText& cell) { return cell.sourceKey; });
    }

    void byId()
    {
        match([](const CellText& cell) { return cell.id; });
    }

    template <typename Key> void match(Key key)
    {
        std::multimap<std::string, std::size_t> free;
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            if (!m_taken[i]) {
                free.emplace(key(m_before[i]), i);
            }
        }
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            const auto hit = m_partner[i] || key(m_after[i]).empty() ? free.end() : free.find(key(m_after[i]));
            if (hit != free.end()) {
                pair(hit->second, i);
                free.erase(hit);
            }
        }
    }

    void byLikeness()
    {
        constexpr double enough = 0.5;
        std::vector<std::size_t> free;
        for (std::size_t i = 0; i < m_before.size() && free.size() < mostCompared; ++i) {
            if (!m_taken[i]) {
                free.push_back(i);
            }
        }
        std::size_t compared = 0;
        for (std::size_t i = 0; i < m_after.size() && compared < mostCompared; ++i) {
            if (m_partner[i]) {
                continue;
            }
            ++compared;
            double best = enough;
            std::optional<std::size_t> found;
            for (const auto candidate : free) {
                const auto share = m_taken[candidate] ? 0 : likeness(m_before[candidate].source, m_after[i].source);
                if (share >= best) {
                    best = share;
                    found = candidate;
                }
            }
            if (found) {
                pair(*found, i);
            }
        }
    }

    [[nodiscard]] std::vector<CellPair> ordered() const
    {
        std::vector<CellPair> list;
        std::size_t next = 0; // of the old cells that have no partner
        const auto removedUpTo = [&](std::size_t end) {
            for (; next < end; ++next) {
                if (!m_taken[next]) {
                    list.push_back({next, std::nullopt, false, false});
                }
            }
        };
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            CellPair entry{m_partner[i], i, false, false};
            if (m_partner[i]) {
                removedUpTo(std::max(next, *m_partner[i]));
                const auto& old = m_before[*m_partner[i]];
                entry.sourceChanged = old.source != m_after[i].source;
                entry.outputsChanged = old.outputKey != m_after[i].outputKey;
            }
            list.push_back(entry);
        }
        removedUpTo(m_before.size());
        return list;
    }

    std::vector<CellText> m_before;
    std::vector<CellText> m_after;
    std::vector<std::optional<std::size_t>> m_partner; // of the new cells
    std::vector<bool> m_taken; // of the old cells
};

std::string below(const std::string& path, const std::vector<std::string>& roots)
{
    for (const auto& root : roots) {
        const auto base = root.ends_with('/') ? root : root + '/';
        if (path.starts_with(base)) {
            return path.substr(base.size());
        }
        if (path == root) {
            return {}; // a single file: whatever it is called
        }
        if (path.starts_with(root + '!')) {
            return path.substr(root.size());
        }
    }
    return path;
}

// The one folder in which PyTorch puts all members of a checkpoint, with its slash: it is called after the file, so
// that two versions differ in it. Empty: there is none.
std::string ownFolder(const Workspace& workspace, const Analysis& container)
{
    const auto* model = container.facts.model.get();
    if (!model || !(model->kind.starts_with("PyTorch") || model->kind.starts_with("TorchScript"))) {
        return {};
    }
    std::string folder;
    const auto start = container.artifact.path + '!';
    for (auto at = workspace.analyses.lower_bound(start);
        at != workspace.analyses.end() && at->first.starts_with(start); ++at) {
        const auto name = std::string_view(at->first).substr(start.size());
        const auto slash = name.find('/');
        if (slash == std::string_view::npos || (!folder.empty() && name.substr(0, slash + 1) != folder)) {
            return {};
        }
        folder = name.substr(0, slash + 1);
    }
    return folder;
}

std::map<std::string, AnalysisPtr> byPlace(const Workspace& workspace)
{
    std::map<std::string, AnalysisPtr> out;
    std::vector<std::pair<std::string, std::string>> open; // what members begin with, and their folder behind it
    for (const auto& [path, analysis] : workspace.analyses) {
        while (!open.empty() && !path.starts_with(open.back().first)) {
            open.pop_back();
        }
        auto shown = path;
        for (auto one = open.rbegin(); one != open.rend(); ++one) {
            shown.erase(one->first.size(), one->second.size());
        }
        out.insert_or_assign(below(shown, workspace.roots), analysis);
        if (auto own = ownFolder(workspace, *analysis); !own.empty()) {
            open.emplace_back(path + '!', std::move(own));
        }
    }
    return out;
}

// What a rule took for its match, masked.
std::vector<std::string_view> matchesOf(const Finding& finding)
{
    std::vector<std::string_view> out;
    for (const auto& evidence : finding.evidence) {
        if (evidence.role == "match" || evidence.role == "decoded-from") {
            out.push_back(evidence.excerpt);
        }
    }
    return out;
}

// A cause that stayed may do something else now: another command of the same call, other bytes at the same place.
bool isAnother(const Analysis& before, const Finding& old, const Analysis& after, const Finding& now)
{
    if (old.severity != now.severity) {
        return true;
    }
    if (after.facts.hasLines) { // texts: fingerprints survive edits of what stands beside the match, and so do findings
        return false;
    }
    return matchesOf(old) != matchesOf(now)
        || slice(before.artifact.view(), old.location.bytes) != slice(after.artifact.view(), now.location.bytes);
}

void compareFindings(FileChange& change)
{
    std::multimap<std::string_view, std::size_t> old;
    if (change.before) {
        for (std::size_t i = 0; i < change.before->findings.size(); ++i) {
            old.emplace(change.before->findings[i].fingerprint, i);
        }
    }
    std::vector<FindingChange> same;
    std::vector<FindingChange> changed;
    for (std::size_t i = 0; change.after && i < change.after->findings.size(); ++i) {
        const auto hit = old.find(change.after->findings[i].fingerprint);
        if (hit == old.end()) {
            change.findings.push_back({FindingChange::Kind::Fresh, change.after.get(), i});
            continue;
        }
        const auto was = hit->second;
        old.erase(hit);
        if (isAnother(*change.before, change.before->findings[was], *change.after, change.after->findings[i])) {
            changed.push_back({FindingChange::Kind::Changed, change.after.get(), i, change.before.get(), was});
        } else {
            same.push_back({FindingChange::Kind::Same, change.after.get(), i});
        }
    }
    change.findings.insert(change.findings.end(), changed.begin(), changed.end());
    std::set<std::size_t> gone;
    for (const auto& [fingerprint, index] : old) {
        gone.insert(index);
    }
    for (const auto index : gone) {
        change.findings.push_back({FindingChange::Kind::Gone, change.before.get(), index});
    }
    change.findings.insert(change.findings.end(), same.begin(), same.end());
}

} // namespace

std::pair<std::string, std::string> changedExcerpts(const FindingChange& change)
{
    if (change.kind != FindingChange::Kind::Changed) {
        return {};
    }
    const auto before = matchesOf(change.was->findings[change.wasIndex]);
    const auto after = matchesOf(change.analysis->findings[change.index]);
    for (std::size_t i = 0; i < std::max(before.size(), after.size()); ++i) {
        const auto old = i < before.size() ? before[i] : std::string_view();
        const auto now = i < after.size() ? after[i] : std::string_view();
        if (old != now) {
            return {std::string(old), std::string(now)};
        }
    }
    return {};
}

bool bytesDiffer(const FileChange& file)
{
    return file.before && file.after && file.before->artifact.sha256 != file.after->artifact.sha256;
}

ByteDifference byteDifference(const FileChange& file, Budget& budget)
{
    constexpr std::size_t window = 64 << 10;
    ByteDifference out;
    const auto before = file.before->artifact.view();
    const auto after = file.after->artifact.view();
    const auto shorter = std::min(before.size(), after.size());
    std::optional<std::uint64_t> first;
    for (std::size_t at = 0; at < shorter; at += window) {
        if (!budget.spend(window)) {
            out.counted = false;
            out.first = first.value_or(at);
            return out;
        }
        const auto left = before.substr(at, std::min(window, shorter - at));
        const auto right = after.substr(at, left.size());
        if (left == right) {
            continue;
        }
        for (std::size_t i = 0; i < left.size(); ++i) {
            if (left[i] != right[i]) {
                first = first.value_or(at + i);
                ++out.differing;
            }
        }
    }
    out.differing += std::max(before.size(), after.size()) - shorter;
    out.first = first.value_or(shorter);
    return out;
}

std::size_t FileChange::count(FindingChange::Kind kind) const
{
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [kind](const FindingChange& change) { return change.kind == kind; }));
}

std::vector<CellPair> alignCells(const Analysis& before, const Analysis& after)
{
    const auto* old = formats::notebookFacts(before.facts);
    const auto* now = formats::notebookFacts(after.facts);
    if (!old || !now || !before.artifact.bytes || !after.artifact.bytes) {
        return {};
    }
    return Aligner(readCells(before, *old), readCells(after, *now)).run();
}

std::vector<FileChange> compare(const Workspace& before, const Workspace& after)
{
    const auto old = byPlace(before);
    const auto now = byPlace(after);
    std::set<std::string> places;
    for (const auto* list : {&old, &now}) {
        for (const auto& [place, analysis] : *list) {
            places.insert(place);
        }
    }
    std::vector<FileChange> changes;
    for (const auto& place : places) {
        const auto left = old.find(place);
        const auto right = now.find(place);
        FileChange change;
        change.before = left == old.end() ? nullptr : left->second;
        change.after = right == now.end() ? nullptr : right->second;
        change.place = place;
        change.path = change.after ? change.after->artifact.path : change.before->artifact.path;
        compareFindings(change);
        if (change.before && change.after) {
            change.cells = alignCells(*change.before, *change.after);
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

} // namespace cupel::review
