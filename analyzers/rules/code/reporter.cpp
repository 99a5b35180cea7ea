// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/reporter.h"

#include "analyzers/rules/allow_comments.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace cupel::rules::code {

namespace {

constexpr std::size_t maxEvidence = 50;

} // namespace

std::string_view lineAround(std::string_view text, std::uint64_t offset)
{
    offset = std::min<std::uint64_t>(offset, text.size());
    const auto start = offset == 0 ? std::string_view::npos : text.rfind('\n', offset - 1);
    const auto from = start == std::string_view::npos ? 0 : start + 1;
    return text.substr(from, std::min(text.find('\n', offset), text.size()) - from);
}

void Reporter::add(Draft draft)
{
    // Beyond what the sink lists, places are only counted: a file may repeat one call a million times.
    // Those that only stand beside others count for themselves: they take no other's place.
    if (++(draft.beside ? m_besidePerRule : m_perRule)[draft.rule] <= m_input.budget.limits().findingsPerRule + 1) {
        m_drafts.push_back(std::move(draft));
    }
}

bool Reporter::isFull(std::string_view rule) const
{
    const auto known = m_perRule.find(rule);
    return known != m_perRule.end() && known->second > m_input.budget.limits().findingsPerRule;
}

void Reporter::finish()
{
    const auto key = [](const Draft& d) {
        return std::tie(d.place.cell, d.place.bytes.start, d.place.bytes.end, d.rule);
    };
    std::stable_sort(m_drafts.begin(), m_drafts.end(), [&](const Draft& a, const Draft& b) { return key(a) < key(b); });
    m_drafts.erase(std::unique(m_drafts.begin(), m_drafts.end(),
                       [](const Draft& a, const Draft& b) {
                           return a.rule == b.rule && a.place.cell == b.place.cell
                               && a.place.bytes.start == b.place.bytes.start;
                       }),
        m_drafts.end());
    // Who is silenced: by rule and start of the place.
    std::set<std::tuple<std::string, std::uint32_t, std::uint64_t>> silent; // owns: drafts move while it is asked
    for (const auto& draft : m_drafts) {
        for (const auto& other : draft.over) {
            silent.insert({other, draft.place.cell, draft.place.bytes.start});
        }
    }
    std::erase_if(m_drafts,
        [&](const Draft& d) { return silent.contains({std::string(d.rule), d.place.cell, d.place.bytes.start}); });
    if (std::any_of(m_drafts.begin(), m_drafts.end(), [](const Draft& draft) { return draft.grounded.whole; })) {
        std::vector<Hit::Ground> code;
        for (const auto& cell : m_input.code().cells()) {
            code.push_back({cell.toArtifact({0, cell.text.size()}), cell.region});
        }
        m_sink.setCode(std::move(code));
    }
    std::map<std::string_view, std::vector<Draft*>> repeated;
    for (auto& draft : m_drafts) {
        if (draft.once && !allowed(draft)) {
            repeated[draft.rule].push_back(&draft);
        } else if (!draft.beside) {
            emit(draft, {});
        }
    }
    for (auto& [rule, list] : repeated) {
        const auto first = std::find_if(list.begin(), list.end(), [](const Draft* draft) { return !draft->beside; });
        if (first != list.end()) {
            std::rotate(list.begin(), first, first + 1); // the others stay in the order of the file
            emit(*list.front(), {list.begin() + 1, list.end()});
        }
    }
}

bool Reporter::allowed(const Draft& draft) const
{
    const auto& cell = m_input.code().cells()[draft.place.cell];
    return hasAllowComment(lineAround(cell.text, draft.place.bytes.start), draft.rule)
        || (draft.place.bytes.end > draft.place.bytes.start
            && hasAllowComment(lineAround(cell.text, draft.place.bytes.end - 1), draft.rule));
}

void Reporter::ground(std::size_t begin, std::size_t end)
{
    if (m_grounded == m_drafts.size()) {
        return;
    }
    constexpr std::size_t most = 400'000; // in a file: of more each finding hangs on all of it
    Grounds grounds(m_input.code(), begin, end);
    for (; m_grounded < m_drafts.size(); ++m_grounded) {
        auto& draft = m_drafts[m_grounded];
        if (m_grounds < most && !m_input.budget.stopped()) {
            draft.grounded = grounds.of(draft.place.cell, draft.place.bytes);
            m_grounds += draft.grounded.grounds.size();
        } else {
            draft.grounded.whole = true;
        }
    }
}

// Who decided about some calls has said nothing about one more, nor about what they are given from now on.
void Reporter::addGrounds(Hit& hit, const Draft& draft) const
{
    const auto add = [&](std::uint32_t index, ByteRange bytes, std::uint64_t nesting = 0, bool python = true) {
        const auto& cell = m_input.code().cells()[index];
        hit.grounds.push_back({cell.toArtifact(bytes), cell.region, nesting, python});
    };
    add(draft.place.cell, draft.place.bytes);
    for (const auto& trace : draft.traces) {
        if (trace.note.empty()) {
            add(trace.place.cell, trace.place.bytes);
        }
    }
    for (const auto& one : draft.grounded.grounds) {
        add(one.cell, one.bytes, one.nesting, one.python);
    }
    hit.onAllCode = hit.onAllCode || draft.grounded.whole;
}

Hit::Extra Reporter::extra(std::string_view role, const Place& place) const
{
    const auto& cell = m_input.code().cells()[place.cell];
    return {std::string(role), cell.toArtifact(place.bytes), cell.region, cell.lineOf(place.bytes.start), {}};
}

void Reporter::emit(Draft& draft, const std::vector<const Draft*>& others)
{
    const auto& cell = m_input.code().cells()[draft.place.cell];
    const auto* rule = findRule(draft.rule);
    Hit hit;
    hit.rule = draft.rule;
    hit.bytes = cell.toArtifact(draft.place.bytes);
    hit.region = cell.region;
    hit.regionLine = cell.lineOf(draft.place.bytes.start);
    hit.severity = draft.severity.value_or(rule ? rule->severity : Severity::Medium);
    hit.confidence = draft.confidence.value_or(rule ? rule->confidence : Confidence::Likely);
    hit.message = !draft.message.empty() ? std::move(draft.message) : rule ? rule->whatHappens : std::string();
    hit.message += draft.inside ? " It stands in the text that is run here." : "";
    if (!draft.subject.empty()) {
        hit.arguments["subject"] = std::move(draft.subject);
    }
    for (const auto& trace : draft.traces) {
        if (hit.evidence.size() < maxEvidence) {
            hit.evidence.push_back(trace.note.empty() ? extra(trace.role, trace.place)
                                                      : Hit::Extra{std::string(trace.role), {}, -1, 0, trace.note});
        }
    }
    addGrounds(hit, draft);
    for (const auto* other : others) {
        addGrounds(hit, *other);
    }
    if (!others.empty()) {
        hit.arguments["count"] = std::to_string(others.size() + 1);
        hit.message += " This notebook does it at " + std::to_string(others.size() + 1) + " places.";
        for (const auto* other : others) {
            if (hit.evidence.size() < maxEvidence) {
                hit.evidence.push_back(extra("place", other->place)); // it stands there, too: nothing leads there
            }
        }
    }
    if (draft.fix) {
        hit.fix = std::move(draft.fix);
        for (auto& edit : hit.fix->edits) {
            const auto at = cell.map.toRaw(edit.bytes.start);
            edit.bytes = edit.bytes.empty() ? ByteRange{at, at} : cell.toArtifact(edit.bytes);
        }
        // Repetitions have fixes of their own kind; all are applied together.
        for (const auto* other : others) {
            if (other->fix) {
                const auto& otherCell = m_input.code().cells()[other->place.cell];
                for (auto edit : other->fix->edits) {
                    const auto at = otherCell.map.toRaw(edit.bytes.start);
                    edit.bytes = edit.bytes.empty() ? ByteRange{at, at} : otherCell.toArtifact(edit.bytes);
                    hit.fix->edits.push_back(std::move(edit));
                }
            }
        }
        std::sort(hit.fix->edits.begin(), hit.fix->edits.end(),
            [](const TextEdit& a, const TextEdit& b) { return a.bytes < b.bytes; });
    }
    for (const auto& place : draft.masked) {
        m_sink.markSensitive(m_input.code().cells()[place.cell].toArtifact(place.bytes));
    }
    hit.allowed = allowed(draft);
    m_sink.add(std::move(hit));
}

} // namespace cupel::rules::code
