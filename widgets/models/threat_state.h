// SPDX-License-Identifier: GPL-3.0-or-later
// What Threats mode shows: the drawn model with what people made of it, and one selection, filter and search that
// navigator, canvas and inspector share. What somebody decides goes out as a wish; the session carries it out, with
// undo. Owned by the session, UI thread.
#pragma once

#include "analyzers/threats/attack_paths.h"
#include "analyzers/threats/coverage.h"
#include "analyzers/threats/work/team_model.h"
#include "widgets/common/foreign_band.h"
#include "widgets/models/graph_scene.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace cupel::widgets {

// A finding as evidence: enough to name it and to go there.
struct ThreatEvidence {
    std::string artifact;
    std::string title;
    std::string place; // "cell 7, line 3"
    Severity severity = Severity::Info;
};

struct ThreatReading {
    threats::Overlaid overlaid;
    std::map<std::string, ThreatEvidence> findings; // by fingerprint, those that are evidence
    GraphScenePtr scene; // its nodes are the elements, in their order; its edges have the flows below
    std::vector<std::uint32_t> flows; // by edge of the scene: index of the flow
    bool complete = true; // false: not everything was read
    threats::AttackPaths paths;
    std::vector<threats::Lens> lenses; // how far it answers each framework
};
using ThreatReadingPtr = std::shared_ptr<const ThreatReading>;

// What a person says of a threat.
struct ThreatAnswer {
    threats::Applicability applicability = threats::Applicability::Applies;
    threats::Decision decision = threats::Decision::Open;
    QString reason;
    QString until; // ISO date; empty: for ever
};

class ThreatState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    enum class How : std::uint8_t { None, Reading, Ready, Stopped };
    void set(How how, ThreatReadingPtr reading = nullptr);
    [[nodiscard]] How how() const { return m_how; }
    [[nodiscard]] const ThreatReadingPtr& reading() const { return m_reading; } // null: nothing to show

    enum class Show : std::uint8_t { All, Confirmed, Undecided, Decided, Flagged };
    void setShow(Show show);
    [[nodiscard]] Show show() const { return m_show; }
    void setSearch(const QString& words);
    [[nodiscard]] const QString& search() const { return m_search; }
    // Indices of the threats that show and search leave, those of one element together, the worst element first.
    [[nodiscard]] const std::vector<std::size_t>& shown() const { return m_shown; }
    [[nodiscard]] std::size_t count(Show show) const; // of all of them

    // By id, so that it stays over readings; empty: none.
    void selectThreat(const std::string& id);
    void selectPart(const std::string& id); // and the worst threat of it
    [[nodiscard]] const threats::Threat* threat() const;
    [[nodiscard]] const std::string& part() const { return m_part; }
    void step(int by); // to the next or previous one that is shown
    [[nodiscard]] QString nameOf(
        const std::string& part) const; // of an element, a flow by its ends, a zone; as it may be shown

    void answer(const ThreatAnswer& answer); // of the selected threat
    // What came with the folder and waits for a yes or no: it is not in the reading.
    void setForeign(const ForeignDecisions& foreign);
    [[nodiscard]] const ForeignDecisions& foreign() const { return m_foreign; }
    void answerForeign(bool use);
    void openEvidence(const std::string& fingerprint);
    void stop();

Q_SIGNALS:
    void changed(); // the reading, or how far it is
    void listChanged(); // what is shown of it
    void selectionChanged();
    void answered(const std::string& threat, const cupel::widgets::ThreatAnswer& answer);
    void foreignChanged();
    void foreignAnswered(bool use);
    void evidenceRequested(const std::string& artifact, const std::string& fingerprint);
    void stopRequested();

private:
    [[nodiscard]] bool passes(const threats::Threat& threat, Show show) const;
    void refill();
    ThreatReadingPtr m_reading;
    How m_how = How::None;
    Show m_show = Show::All;
    QString m_search;
    std::vector<std::size_t> m_shown;
    std::string m_threat;
    std::string m_part;
    ForeignDecisions m_foreign;
};

[[nodiscard]] QString word(threats::EvidenceState state); // translated
[[nodiscard]] QString word(threats::Decision decision);
[[nodiscard]] QString word(threats::Flag flag);
[[nodiscard]] QString word(threats::Applicability applicability);
[[nodiscard]] QString kindWord(const std::string& kind); // of an element, translated; the id of one that is not known

} // namespace cupel::widgets
