// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/compare_state.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <tuple>

namespace cupel::widgets {

CompareState::CompareState(QObject* parent)
    : QObject(parent)
{
}

void CompareState::setSubject(const QString& name)
{
    if (m_subject != name) {
        m_subject = name;
        Q_EMIT outcomeChanged();
    }
    Q_EMIT subjectChanged();
}

void CompareState::setChosen(const QString& name)
{
    if (m_chosen != name) {
        m_chosen = name;
        Q_EMIT chosenChanged();
    }
}

void CompareState::setOnlyChosen(bool only)
{
    if (m_onlyChosen != only) {
        m_onlyChosen = only;
        Q_EMIT chosenChanged();
    }
}

void CompareState::setWorking(bool working)
{
    m_working = working;
    m_done = 0;
    m_total = 0;
    Q_EMIT workingChanged();
}

void CompareState::setProgress(std::size_t done, std::size_t total)
{
    if (m_done != done || m_total != total) {
        m_done = done;
        m_total = total;
        Q_EMIT workingChanged();
    }
}

void CompareState::setOutcome(CompareOutcomePtr outcome)
{
    m_outcome = std::move(outcome);
    m_file = nullptr;
    m_current.reset();
    m_currentFile.reset();
    setModel(ModelStage::None);
    filter();
    Q_EMIT outcomeChanged();
    Q_EMIT visibleChanged();
    Q_EMIT fileChanged();
    if (!m_visible.empty()) {
        setCurrent(m_visible.front());
        return;
    }
    Q_EMIT currentChanged();
    for (std::size_t i = 0; m_outcome && i < m_outcome->files.size(); ++i) { // no finding changed: a file that did
        const auto& file = m_outcome->files[i];
        const bool moved = !file.before || !file.after || review::bytesDiffer(file);
        if (moved || i + 1 == m_outcome->files.size()) {
            setCurrentFile(i);
            return;
        }
    }
}

void CompareState::setFile(ComparedFilePtr file)
{
    if (!file || file->outcome != m_outcome || m_currentFile != file->file) {
        return;
    }
    m_file = std::move(file);
    Q_EMIT fileChanged();
}

void CompareState::setModel(ModelStage stage, CompareTablesPtr tables)
{
    if (m_modelStage != stage || m_tables != tables) {
        m_modelStage = stage;
        m_tables = std::move(tables);
        Q_EMIT modelChanged();
    }
}

std::size_t CompareState::count(Kind kind) const
{
    std::size_t sum = 0;
    for (std::size_t i = 0; m_outcome && i < m_outcome->files.size(); ++i) {
        sum += m_outcome->files[i].count(kind);
    }
    return sum;
}

void CompareState::setShown(Kind kind, bool shown)
{
    bool& slot = m_shown[static_cast<std::size_t>(kind)];
    if (slot != shown) {
        slot = shown;
        filter();
        Q_EMIT visibleChanged();
    }
}

void CompareState::setQuery(const QString& query)
{
    if (m_query != query) {
        m_query = query;
        m_filter = FindingQuery::parse(query);
        filter();
        Q_EMIT visibleChanged();
    }
}

const review::FindingChange& CompareState::change(const ChangeRef& ref) const
{
    return m_outcome->files[ref.file].findings[ref.change];
}

const Finding& CompareState::finding(const ChangeRef& ref) const
{
    const auto& one = change(ref);
    return one.analysis->findings[one.index];
}

void CompareState::filter()
{
    m_visible.clear();
    for (std::size_t i = 0; m_outcome && i < m_outcome->files.size(); ++i) {
        for (std::size_t k = 0; k < m_outcome->files[i].findings.size(); ++k) {
            const ChangeRef ref{i, k};
            if (isShown(change(ref).kind) && m_filter.matches(finding(ref))) {
                m_visible.push_back(ref);
            }
        }
    }
    std::stable_sort(m_visible.begin(), m_visible.end(), [this](const ChangeRef& a, const ChangeRef& b) {
        // Worst first, in files as well: what is new and bad must not hide below.
        return std::tuple(change(a).kind, finding(b).severity, a.file)
            < std::tuple(change(b).kind, finding(a).severity, b.file);
    });
}

void CompareState::setCurrent(std::optional<ChangeRef> ref)
{
    if (m_current == ref) {
        return;
    }
    m_current = ref;
    if (ref) {
        setCurrentFile(ref->file);
    }
    Q_EMIT currentChanged();
}

void CompareState::setCurrentFile(std::size_t file)
{
    if (!m_outcome || file >= m_outcome->files.size() || m_currentFile == file) {
        return;
    }
    m_currentFile = file;
    m_file = nullptr;
    Q_EMIT fileChanged();
    Q_EMIT currentFileChanged();
}

bool CompareState::step(int direction)
{
    if (m_visible.empty()) {
        return false;
    }
    const auto last = static_cast<std::ptrdiff_t>(m_visible.size()) - 1;
    const auto at = m_current ? std::find(m_visible.begin(), m_visible.end(), *m_current) : m_visible.end();
    if (at == m_visible.end()) {
        setCurrent(direction > 0 ? m_visible.front() : m_visible.back());
        return false;
    }
    const auto next = at - m_visible.begin() + direction;
    const bool wraps = next < 0 || next > last;
    const ChangeRef there = m_visible[static_cast<std::size_t>(next < 0 ? last : next > last ? 0 : next)];
    if (m_current == there) {
        Q_EMIT currentChanged(); // the only one: who went away from it comes back
    }
    setCurrent(there);
    return wraps;
}

QString word(review::FindingChange::Kind kind)
{
    switch (kind) {
    case review::FindingChange::Kind::Fresh:
        return QCoreApplication::translate("Compare", "New");
    case review::FindingChange::Kind::Changed:
        return QCoreApplication::translate("Compare", "Changed");
    case review::FindingChange::Kind::Gone:
        return QCoreApplication::translate("Compare", "Fixed");
    case review::FindingChange::Kind::Same:
        break;
    }
    return QCoreApplication::translate("Compare", "Unchanged");
}

} // namespace cupel::widgets
