// SPDX-License-Identifier: GPL-3.0-or-later
// Reads and draws the lineage of the review in the background: when its mode is first shown, after every scan, and when
// somebody wants it folded differently. UI thread; the session owns it, its tick drains it.
#pragma once

#include "app/session/lineage_file.h"
#include "app/session/lineage_reader.h"
#include "app/session/session_worker.h"
#include "widgets/models/lineage_state.h"

#include <QtCore/QObject>

namespace cupel::engine {
class LineageMemory;
}

namespace cupel::app {

class Session;

class Lineage : public QObject {
    Q_OBJECT
public:
    explicit Lineage(Session& session, QObject* parent = nullptr);
    [[nodiscard]] widgets::LineageState& state() { return m_state; }
    void setActive(bool active); // its mode is shown
    void again(); // reads from the start
    void setMaker(LineageMaker maker, LineageOrdersMaker both = {}); // instead of the analyzers; for tests

private:
    void follow(); // the review
    void readKept(); // pins and views of the folder
    void takeKept(const LineageKeptFile& read);
    void change(const widgets::LineageKept& kept, const QString& what);
    void keep(const widgets::LineageKept& kept);
    friend class ChangeLineageKept;
    void read(bool fresh);
    void take(widgets::LineageReadingPtr made);

    Session& m_session;
    widgets::LineageState m_state;
    LineageMaker m_make; // empty: the analyzers
    LineageOrdersMaker m_makeBoth;
    std::shared_ptr<engine::LineageMemory> m_memory; // the worker's; what did not change is not followed again
    bool m_active = false;
    bool m_stale = true; // the review is another one than what is drawn
    bool m_fresh = false; // what is drawn is older than the review until the next reading is there
    bool m_pending = false; // looks at the review in the next turn
    QString m_folder; // whose pins and views these are; empty: of nobody
    bool m_mayKeep = false; // its file is one
    SessionWorker<QString, LineageKeptFile> m_keptReader;
    SessionWorker<LineageRequest, widgets::LineageReadingPtr> m_worker;
};

} // namespace cupel::app
