// SPDX-License-Identifier: GPL-3.0-or-later
// What Threats mode shows: the drawn model with what people made of it, and one selection, filter and search that
// navigator, canvas and inspector share. What somebody decides goes out as a wish; the session carries it out, with
// undo. Owned by the session, UI thread.
#pragma once

#include "analyzers/threats/attack_paths.h"
#include "analyzers/threats/coverage.h"
#include "analyzers/threats/evidence.h"
#include "analyzers/threats/work/team_edit.h"
#include "widgets/common/foreign_band.h"
#include "widgets/models/graph_scene.h"

#include <QtCore/QObject>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
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
    std::map<std::string, threats::SeenAt> places; // of what answers questions and is no finding
    GraphScenePtr scene;
    std::vector<std::uint32_t> elements; // by node of the scene: index of the element
    std::vector<std::uint32_t> flows; // by edge
    std::vector<std::uint32_t> zones; // by frame
    QPointF origin; // place of the scene's corner in the model
    [[nodiscard]] std::uint32_t nodeOf(const std::string& element) const; // GraphScene::none: it is not drawn
    [[nodiscard]] std::uint32_t edgeOf(const std::string& flow) const;
    [[nodiscard]] std::uint32_t frameOf(const std::string& zone) const;
    bool complete = true; // false: not everything was read
    threats::AttackPaths paths;
    std::vector<threats::Lens> lenses; // how far it answers each framework
    std::shared_ptr<const threats::EventList> events; // its history; may be null: there is none
};
using ThreatReadingPtr = std::shared_ptr<const ThreatReading>;

// What a person says of a threat.
struct ThreatAnswer {
    threats::Applicability applicability = threats::Applicability::Applies;
    threats::Decision decision = threats::Decision::Open;
    QString reason;
    QString until; // ISO date; empty: for ever
};

class HistoryState;

class ThreatState : public QObject {
    Q_OBJECT
public:
    explicit ThreatState(QObject* parent = nullptr);
    ~ThreatState() override;
    [[nodiscard]] HistoryState& history() const { return *m_history; }

    enum class How : std::uint8_t { None, Reading, Ready, Stopped };
    void set(How how, ThreatReadingPtr reading = nullptr);
    [[nodiscard]] How how() const { return m_how; }
    [[nodiscard]] const ThreatReadingPtr& reading() const { return m_reading; } // null: nothing to show

    enum class Show : std::uint8_t { All, Confirmed, Undecided, Decided, Flagged };
    void setShow(Show show);
    [[nodiscard]] Show show() const { return m_show; }
    // Only these threats; none: all. `why` names the choice.
    void setOnly(std::vector<std::string> ids, const QString& why);
    [[nodiscard]] const QString& only() const { return m_onlyWhy; } // empty: all
    struct Narrow { // what is listed at all; chips count in it
        std::optional<Severity> severity;
        std::string zone; // id: of the part, of an end of a flow; empty: all
        char stride = '\0'; // letter; none: all
        std::optional<std::string> assignee; // empty: assigned to nobody
        friend bool operator==(const Narrow&, const Narrow&) = default;
    };
    void setNarrow(const Narrow& narrow);
    [[nodiscard]] const Narrow& narrow() const { return m_narrow; }
    void setSearch(const QString& words);
    [[nodiscard]] const QString& search() const { return m_search; }
    // Indices of the threats that show and search leave, those of one element together, the worst element first.
    [[nodiscard]] const std::vector<std::size_t>& shown() const { return m_shown; }
    [[nodiscard]] std::size_t count(Show show) const; // of all of them

    // By id, so that it stays over readings; empty: none.
    void selectThreat(const std::string& id);
    void selectPart(const std::string& id); // and the worst threat of it
    // How often somebody chose something: a reading that only comes anew is no choice.
    [[nodiscard]] unsigned choices() const { return m_choices; }
    [[nodiscard]] bool threatChosen() const { return m_threatChosen; } // the threat itself, not its part
    [[nodiscard]] const threats::Threat* threat() const;
    [[nodiscard]] const std::string& part() const { return m_part; }
    [[nodiscard]] bool hasPart(const std::string& id) const
    {
        return m_places.contains(id);
    } // an element, a flow, a zone
    void step(int by); // to the next or previous one that is shown
    [[nodiscard]] QString nameOf(
        const std::string& part) const; // of an element, a flow by its ends, a zone; as it may be shown

    void answer(const ThreatAnswer& answer); // of the selected threat
    // One step of work on the model, named for undo. It is done later, and not at all where it may not be.
    void edit(const QString& step, threats::TeamEdit edit);
    // Whose name stands with what is done here, and everybody of the model: he first, the others by name.
    void setMe(const QString& name) { m_me = name; }
    [[nodiscard]] const QString& me() const { return m_me; }
    [[nodiscard]] QStringList people() const;
    [[nodiscard]] std::string newId() const; // of a part or threat that a person makes
    // What came with the folder and waits for a yes or no: it is not in the reading.
    void setForeign(const ForeignDecisions& foreign);
    [[nodiscard]] const ForeignDecisions& foreign() const { return m_foreign; }
    void answerForeign(bool use);
    // A file of another tool that is worked on in its own form, instead of the model of the folder.
    struct File {
        QString name;
        QString format; // "Threat Dragon 2"
        QString left; // what of it is not drawn, in words; empty: nothing
        bool changed = false; // since it was saved
        bool kept = true; // what was changed comes back when the window ends before that
        friend bool operator==(const File&, const File&) = default;
    };
    void setFile(std::optional<File> file);
    [[nodiscard]] const std::optional<File>& file() const { return m_file; }
    // Something that takes its time beside what is shown, and can be stopped.
    struct Task {
        QString text;
        int percent = 0;
        friend bool operator==(const Task&, const Task&) = default;
    };
    void setTask(std::optional<Task> task);
    [[nodiscard]] const std::optional<Task>& task() const { return m_task; }
    void stopTask();
    void openEvidence(const std::string& fingerprint);
    void openSeen(const std::string& seen); // of ThreatReading::places
    void stop();

Q_SIGNALS:
    void changed(); // the reading, or how far it is
    void listChanged(); // what is shown of it
    void selectionChanged();
    void answered(const std::string& threat, const cupel::widgets::ThreatAnswer& answer);
    void edited(const QString& step, const cupel::threats::TeamEdit& edit);
    void foreignChanged();
    void foreignAnswered(bool use);
    void placeRequested(const std::string& artifact, std::int32_t cell, std::uint32_t line); // as SeenAt has it
    void evidenceRequested(const std::string& artifact, const std::string& fingerprint);
    void stopRequested();
    void fileChanged();
    void taskChanged();
    void taskStopRequested();

private:
    [[nodiscard]] bool passes(const threats::Threat& threat, Show show) const;
    [[nodiscard]] bool isNarrowed(const threats::Threat& threat) const; // true: the filters leave it out
    [[nodiscard]] bool liesIn(const std::string& part, const std::string& zone) const;
    [[nodiscard]] QString wordsOf(const threats::Threat& threat) const;
    void index();
    void refill();
    ThreatReadingPtr m_reading;
    How m_how = How::None;
    Show m_show = Show::All;
    Narrow m_narrow;
    QString m_search;
    std::vector<std::string> m_only; // sorted
    QString m_onlyWhy;
    struct Place { // of a part in its list
        enum class List : std::uint8_t { Elements, Flows, Zones } list = List::Elements;
        std::size_t index = 0;
    };
    std::unordered_map<std::string, Place> m_places; // by id, of the reading
    std::vector<std::size_t> m_shown;
    std::string m_threat;
    bool m_threatChosen = false;
    unsigned m_choices = 0;
    std::string m_part;
    ForeignDecisions m_foreign;
    QString m_me;
    std::optional<File> m_file;
    std::optional<Task> m_task;
    std::unique_ptr<HistoryState> m_history;
};

[[nodiscard]] QString word(threats::EvidenceState state); // translated
[[nodiscard]] QString word(threats::Decision decision);
[[nodiscard]] QString word(threats::Flag flag);
[[nodiscard]] QString word(threats::Applicability applicability);
[[nodiscard]] QString ghostWord(); // of an element that the scan no longer finds
[[nodiscard]] const std::vector<std::string>& paletteKinds(); // of elements that can be drawn, those of ML first
// What is known of a part, in words: rules and files have names of their own for it.
[[nodiscard]] QString attributeWord(const std::string& key);
[[nodiscard]] QString valueWord(const std::string& key, const std::string& value);
// What speaks for and against it; empty: it is not contested.
[[nodiscard]] QString contestWord(const threats::Threat& threat);
[[nodiscard]] QString reasonWord(const threats::Reason& reason); // what a rule asked for; its value stands beside
[[nodiscard]] bool isKnownKind(const std::string& kind); // of an element
[[nodiscard]] QString kindWord(const std::string& kind); // of an element, translated; the id of one that is not known

} // namespace cupel::widgets
