// SPDX-License-Identifier: GPL-3.0-or-later
// Compares two moments of a threat model's history on the scan as it is now, in the background, whenever its views ask
// or the model becomes another one. UI thread; Threats owns it, the session's tick drains it.
#pragma once

#include "app/session/session_worker.h"
#include "app/session/threat_reader.h"
#include "widgets/models/history_state.h"

#include <QtCore/QObject>

#include <stop_token>

namespace cupel::app {

class Session;

struct HistoryRequest {
    ThreatSourcePtr source;
    threats::TeamModel team; // what counts of it
    widgets::HistoryState::Span span;
    widgets::SceneMemoryPtr sceneMemory; // of the drawing now; may be null
    std::string today; // ISO date
    AskedRules rules; // that are asked of both moments
};

// Null: stopped. Blocking; any thread.
[[nodiscard]] widgets::ThreatComparisonPtr compareMoments(const HistoryRequest& request, const std::stop_token& stop);

class ThreatHistory : public QObject {
    Q_OBJECT
public:
    ThreatHistory(Session& session, widgets::HistoryState& state);
    // What is compared from now on; without a source there is nothing.
    void set(
        ThreatSourcePtr source, threats::TeamModel team, widgets::SceneMemoryPtr sceneMemory, AskedRules rules = {});

private:
    void compare();

    widgets::HistoryState& m_state;
    ThreatSourcePtr m_source;
    threats::TeamModel m_team;
    widgets::SceneMemoryPtr m_sceneMemory;
    AskedRules m_rules;
    SessionWorker<HistoryRequest, widgets::ThreatComparisonPtr> m_worker;
};

} // namespace cupel::app
