// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/review/compare.h"

#include "analyzers/base/line_diff.h"
#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/review/cell_texts.h"
#include "analyzers/review/untold.h"

#include <algorithm>
#include <map>
#include <set>

namespace cupel::review {

namespace {

constexpr std::size_t mostCompared = 40; // cells on each side that are compared word by word

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

    // In order first, and by all that is known of a cell: of two cells that read the same, the one that also shows the
    // same is meant. Then wherever they moved to, then those that were edited.
    std::vector<CellPair> run()
    {
        const auto source = [](const CellText& cell) { return cell.sourceKey; };
        const auto shown = [](const CellText& cell) { return cell.sourceKey + cell.outputKey; };
        const auto whole = [](const CellText& cell) { return cell.sourceKey + cell.outputKey + cell.id; };
        inOrder(whole);
        inOrder(shown);
        inOrder(source);
        match(whole, false);
        match(shown, false);
        match(source, false);
        match([](const CellText& cell) { return cell.id; }, true);
        match([](const CellText& cell) { return cell.shownKey; }, true); // edited a little, and it shows the same
        byLikeness();
        byPlace();
        return ordered();
    }

private:
    void pair(std::size_t before, std::size_t after)
    {
        m_partner[after] = before;
        m_taken[before] = true;
    }

    // Calls `use` with each gap between cells that found each other in the same order: where both sides have cells
    // without partner, as [first, end) in both.
    template <typename Use> void forEachGap(Use use)
    {
        std::vector<std::pair<std::size_t, std::size_t>> gaps;
        std::size_t before = 0;
        std::size_t after = 0;
        for (const auto at : inSequence()) {
            gaps.emplace_back(*m_partner[at], at);
        }
        gaps.emplace_back(m_before.size(), m_after.size());
        for (const auto& [oldEnd, newEnd] : gaps) {
            if (before < oldEnd && after < newEnd) {
                use(before, oldEnd, after, newEnd);
            }
            before = oldEnd + 1;
            after = newEnd + 1;
        }
    }

    // The new cells that have a partner, without those that moved: a longest run in which the old ones ascend.
    [[nodiscard]] std::vector<std::size_t> inSequence() const
    {
        std::vector<std::size_t> last; // new cell with which a run of this length ends lowest
        std::vector<std::size_t> previous(m_after.size(), m_after.size());
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            if (!m_partner[i]) {
                continue;
            }
            const auto place = std::lower_bound(last.begin(), last.end(), *m_partner[i],
                [this](std::size_t cell, std::size_t old) { return *m_partner[cell] < old; });
            previous[i] = place == last.begin() ? m_after.size() : *(place - 1);
            place == last.end() ? last.push_back(i) : void(*place = i);
        }
        std::vector<std::size_t> run;
        for (auto at = last.empty() ? m_after.size() : last.back(); at != m_after.size(); at = previous[at]) {
            run.push_back(at);
        }
        std::reverse(run.begin(), run.end());
        return run;
    }

    template <typename Key> void inOrder(Key key)
    {
        std::vector<std::string> left;
        std::vector<std::string> right;
        forEachGap([&](std::size_t before, std::size_t oldEnd, std::size_t after, std::size_t newEnd) {
            left.clear();
            right.clear();
            for (auto i = before; i < oldEnd; ++i) {
                left.push_back(key(m_before[i]));
            }
            for (auto i = after; i < newEnd; ++i) {
                right.push_back(key(m_after[i]));
            }
            for (const auto& run : diffLines({left.begin(), left.end()}, {right.begin(), right.end()})) {
                for (std::size_t i = 0; run.kind == DiffRun::Kind::Same && i < run.count; ++i) {
                    pair(before + run.before + i, after + run.after + i);
                }
            }
        });
    }

    // Wherever they stand. `once`: only what is the key of one cell in each notebook; an empty key is of none.
    template <typename Key> void match(Key key, bool once)
    {
        std::map<std::string, std::vector<std::size_t>> free;
        std::map<std::string, std::size_t> times;
        for (std::size_t i = 0; i < m_before.size(); ++i) {
            const auto text = key(m_before[i]);
            ++times[text];
            if (!m_taken[i]) {
                free[text].push_back(i);
            }
        }
        std::map<std::string, std::size_t> timesNow;
        for (const auto& cell : m_after) {
            ++timesNow[key(cell)];
        }
        for (auto& entry : free) {
            std::reverse(entry.second.begin(), entry.second.end());
        }
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            const auto text = key(m_after[i]);
            const auto hit = m_partner[i] || text.empty() || (once && (times[text] > 1 || timesNow[text] > 1))
                ? free.end()
                : free.find(text);
            if (hit != free.end() && !hit->second.empty()) {
                pair(hit->second.back(), i);
                hit->second.pop_back();
            }
        }
    }

    // The two that share most come first, so that none takes the partner of another.
    void byLikeness()
    {
        constexpr double enough = 0.5;
        struct Like {
            double share;
            std::size_t before;
            std::size_t after;
        };
        std::vector<Like> all;
        std::size_t left = 0;
        for (std::size_t i = 0; i < m_before.size() && left < mostCompared; ++i) {
            left += m_taken[i] ? 0U : 1U;
            std::size_t right = 0;
            for (std::size_t j = 0; j < m_after.size() && right < mostCompared && !m_taken[i]; ++j) {
                if (!m_partner[j]) {
                    ++right;
                    const auto share = likeness(m_before[i].source, m_after[j].source);
                    share >= enough ? all.push_back({share, i, j}) : void();
                }
            }
        }
        std::stable_sort(all.begin(), all.end(), [](const Like& a, const Like& b) { return a.share > b.share; });
        for (const auto& like : all) {
            if (!m_taken[like.before] && !m_partner[like.after]) {
                pair(like.before, like.after);
            }
        }
    }

    // An empty cell was filled in, or emptied: nothing else tells that. And between two cells that stayed, the only one
    // that has no partner is the same one, whatever values were replaced in it.
    void byPlace()
    {
        forEachGap([&](std::size_t before, std::size_t oldEnd, std::size_t after, std::size_t newEnd) {
            std::vector<std::size_t> left;
            std::vector<std::size_t> right;
            for (auto i = before; i < oldEnd; ++i) {
                m_taken[i] ? void() : left.push_back(i);
            }
            for (auto i = after; i < newEnd; ++i) {
                m_partner[i] ? void() : right.push_back(i);
            }
            const bool between = before > 0 && after > 0 && oldEnd < m_before.size() && newEnd < m_after.size();
            const auto same = [&](const CellText& old, const CellText& now) {
                return isEmpty(old) || isEmpty(now) || (between && old.kind == now.kind);
            };
            if (left.size() == 1 && right.size() == 1 && same(m_before[left[0]], m_after[right[0]])) {
                pair(left[0], right[0]);
            }
        });
    }

    [[nodiscard]] static bool isEmpty(const CellText& cell) { return withoutBlanks(cell.source).empty(); }

    [[nodiscard]] std::vector<CellPair> ordered() const
    {
        std::vector<CellPair> list;
        std::size_t next = 0; // of the old cells that have no partner
        const auto removedUpTo = [&](std::size_t end) {
            for (; next < end; ++next) {
                if (!m_taken[next]) {
                    list.push_back({next, std::nullopt});
                }
            }
        };
        std::vector<bool> moved(m_after.size(), true);
        for (const auto at : inSequence()) {
            moved[at] = false;
        }
        for (std::size_t i = 0; i < m_after.size(); ++i) {
            CellPair entry{m_partner[i], i};
            if (m_partner[i]) {
                removedUpTo(std::max(next, *m_partner[i]));
                const auto& old = m_before[*m_partner[i]];
                entry.moved = moved[i];
                entry.sourceChanged =
                    old.source != m_after[i].source || old.whole != m_after[i].whole || old.kind != m_after[i].kind;
                entry.outputsChanged = old.outputKey != m_after[i].outputKey;
                entry.metadataChanged = old.metadataKey != m_after[i].metadataKey;
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

} // namespace

std::size_t FileChange::count(FindingChange::Kind kind) const
{
    return static_cast<std::size_t>(std::count_if(
        findings.begin(), findings.end(), [kind](const FindingChange& change) { return change.kind == kind; }));
}

CellCounts countCells(const std::vector<CellPair>& cells)
{
    CellCounts counts;
    for (const auto& pair : cells) {
        const bool texts = pair.sourceChanged || pair.outputsChanged;
        const bool changed = texts || pair.metadataChanged;
        counts.metadataOnly += pair.before && pair.after && pair.metadataChanged && !texts ? 1U : 0U;
        ++(!pair.before ? counts.fresh : !pair.after ? counts.gone : changed ? counts.changed : counts.moved);
        counts.moved -= pair.before && pair.after && !changed && !pair.moved ? 1U : 0U;
    }
    return counts;
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
        if (change.before && change.after) {
            change.cells = alignCells(*change.before, *change.after);
        }
        compareFindings(change);
        for (const bool newer : {true, false}) {
            if (auto fuller = withUntold(change, newer)) {
                (newer ? change.after : change.before) = std::move(fuller);
                compareFindings(change);
            }
        }
        changes.push_back(std::move(change));
    }
    return changes;
}

} // namespace cupel::review
