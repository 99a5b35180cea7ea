// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/lineage.h"

#include "analyzers/engine/lineage_folder.h"
#include "analyzers/engine/lineage_memory.h"
#include "app/session/session.h"

#include "app/session/decision_file.h"
#include "app/settings/saver.h"

#include <QtCore/QTimer>
#include <QtGui/QUndoCommand>

#include <utility>

namespace cupel::app {

using How = widgets::LineageState::How;

// Pins and saved views as they were and as they are.
class ChangeLineageKept : public QUndoCommand {
public:
    ChangeLineageKept(Lineage& lineage, widgets::LineageKept after, const QString& text)
        : QUndoCommand(text)
        , m_lineage(lineage)
        , m_before(lineage.state().kept())
        , m_after(std::move(after))
    {
    }
    void redo() override { m_lineage.keep(m_after); }
    void undo() override { m_lineage.keep(m_before); }

private:
    Lineage& m_lineage;
    widgets::LineageKept m_before;
    widgets::LineageKept m_after;
};

Lineage::Lineage(Session& session, QObject* parent)
    : QObject(parent)
    , m_session(session)
    , m_memory(std::make_shared<engine::LineageMemory>())
    , m_keptReader(
          session, [](const QString& folder, const std::stop_token&) { return readLineageKept(folder); },
          [this](const LineageKeptFile& read) { takeKept(read); })
    , m_worker(session, readLineage, [this](widgets::LineageReadingPtr made) { take(std::move(made)); })
{
    const auto changed = [this] {
        m_stale = true;
        if (!std::exchange(m_pending, true)) { // the end of a scan is told more than once
            QTimer::singleShot(0, this, [this] {
                m_pending = false;
                follow();
            });
        }
    };
    connect(&session.review(), &widgets::ReviewState::workspaceChanged, this, changed);
    connect(&session, &Session::scanFinished, this, changed);
    connect(&m_state, &widgets::LineageState::wanted, this, [this] { read(false); });
    connect(&m_state, &widgets::LineageState::keptWanted, this, &Lineage::change);
    connect(&m_state, &widgets::LineageState::stopRequested, this, [this] { m_worker.cancel(); });
}

void Lineage::setActive(bool active)
{
    m_active = active;
    follow();
}

void Lineage::setMaker(LineageMaker maker, LineageOrdersMaker both)
{
    m_make = std::move(maker);
    m_makeBoth = std::move(both);
    m_stale = true;
}

void Lineage::again()
{
    m_stale = true;
    read(true);
}

void Lineage::readKept()
{
    const QString folder = m_session.roots().isEmpty() ? QString() : decisionFolder(m_session.roots().front());
    if (folder == m_folder) {
        return;
    }
    m_folder = folder;
    m_mayKeep = false;
    m_state.setKept({});
    m_keptReader.cancel();
    if (folder.isEmpty()) {
        return;
    }
    m_keptReader.request(folder);
}

void Lineage::takeKept(const LineageKeptFile& read)
{
    if (read.folder == m_folder) {
        m_mayKeep = read.usable;
        m_state.setKept(read.kept);
    }
    follow(); // what waited for the places of before
}

void Lineage::change(const widgets::LineageKept& kept, const QString& what)
{
    m_session.undo().push(new ChangeLineageKept(*this, kept, what));
}

void Lineage::keep(const widgets::LineageKept& kept)
{
    m_state.setKept(kept);
    if (m_mayKeep) {
        m_session.saver().save(lineageKeptPath(m_folder), [kept] { return widgets::toLines(kept); });
    }
}

// A scan that runs brings more: it is read once when it has ended.
void Lineage::follow()
{
    if (m_active || m_session.roots().isEmpty()) {
        readKept();
    }
    if (m_session.roots().isEmpty()) {
        m_worker.cancel();
        m_state.set(How::None);
    } else if (m_active && m_stale && !m_session.scanning() && !m_keptReader.busy()) {
        read(true);
    } else if (m_active && m_stale && !m_state.reading()) {
        m_state.set(How::Reading);
    }
}

// `fresh`: not from the graphs that are there. A wish that comes while such a reading is under way waits for it, too.
void Lineage::read(bool fresh)
{
    m_fresh = m_fresh || fresh;
    const ScanOptions scan = m_session.scanOptions();
    const engine::LineageOptions options{scan.exclude, scan.jobs, {}};
    const LineageMaker own = [options, memory = m_memory](const std::vector<std::string>& paths, Budget& budget) {
        return engine::lineageOf(paths, options, budget, memory.get());
    };
    const LineageOrdersMaker ownBoth = [options, memory = m_memory](
                                           const std::vector<std::string>& paths, Budget& budget) {
        return engine::lineageInBothOrders(paths, options, budget, memory.get());
    };
    const auto& last = m_state.reading();
    LineageRequest request{{}, {}, m_fresh || !last ? widgets::LineageSources() : last->sources, m_state.recorded(),
        m_state.wish(), m_make ? m_make : own, m_makeBoth ? m_makeBoth : ownBoth, m_state.kept().pins,
        last ? last->memory : nullptr};
    if (readsAgain(request)) {
        for (const QString& root : m_session.roots()) {
            request.roots.push_back(root.toStdString());
        }
        for (const auto& [path, analysis] : m_session.review().workspace().analyses) {
            request.analyses.push_back(analysis);
        }
        m_stale = false;
    }
    m_state.set(How::Reading, m_state.reading());
    m_worker.request(std::move(request));
}

void Lineage::take(widgets::LineageReadingPtr made)
{
    if (m_state.how() == How::Reading) {
        m_fresh = m_fresh && !made;
        const auto how = made || m_state.reading() ? How::Ready : How::Stopped;
        m_state.set(how, made ? std::move(made) : m_state.reading());
    }
}

} // namespace cupel::app
