// SPDX-License-Identifier: GPL-3.0-or-later
// What Lineage mode shows: the drawn lineage, how it is folded and filtered, and one selection, way, search and order
// that navigator, canvas and inspector share. Owned by the session, UI thread; views watch it and never know each
// other.
#pragma once

#include "widgets/models/lineage_kept.h"
#include "widgets/models/lineage_path.h"
#include "widgets/models/lineage_reading.h"

#include <QtCore/QObject>
#include <QtCore/QString>

#include <set>
#include <string>

namespace cupel::widgets {

class LineageState : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    enum class How : std::uint8_t { None, Reading, Ready, Stopped };
    void set(How how, LineageReadingPtr reading = nullptr);
    [[nodiscard]] How how() const { return m_how; }
    [[nodiscard]] const LineageReadingPtr& reading() const { return m_reading; } // null: nothing to show
    void stop(); // of what is being read

    // How it is folded and filtered; another drawing comes.
    [[nodiscard]] const LineageWish& wish() const { return m_wish; }
    void setWish(const LineageWish& wish);
    void open(const std::string& key, bool open); // a group
    void setLevel(LineageWish::Level level);

    // Nodes of the drawing; the last one chosen is the current one.
    void select(std::vector<std::uint32_t> units);
    [[nodiscard]] const std::vector<std::uint32_t>& selection() const { return m_selection; }
    [[nodiscard]] std::uint32_t current() const; // none
    void selectEdge(std::uint32_t edge); // of the drawing; none
    [[nodiscard]] std::uint32_t edge() const { return m_edge; }

    // The way through the selection, between its first and its last; of one node all it depends on and all it affects.
    [[nodiscard]] bool trace(); // false: there is none
    void clearPath();
    [[nodiscard]] bool traced() const { return !m_path.empty() || !m_around.empty(); }
    [[nodiscard]] const LineageAround& around() const { return m_around; }
    [[nodiscard]] const LineagePath& path() const { return m_path; }
    [[nodiscard]] std::vector<std::uint32_t> pathNodes() const; // of the drawing, in order
    [[nodiscard]] QString pathTitle() const; // "raw.csv to model.pkl"
    [[nodiscard]] QString pathMarkdown() const; // of what is traced
    [[nodiscard]] bool slice(); // only what lies between the two selected; false: it takes two

    void setSearch(const QString& words);
    [[nodiscard]] const QString& search() const { return m_search; }
    void showHit(bool forward = true); // the next one that is found; groups it stands in are opened
    [[nodiscard]] std::vector<bool> found() const; // by node of the drawing; empty: nothing is searched for

    // As written, or as recorded, which is another graph where cells ran otherwise than they stand; of its cells so
    // many.
    void setOrder(bool recorded, std::size_t steps);
    [[nodiscard]] bool recorded() const { return m_recorded; }
    [[nodiscard]] std::size_t steps() const { return m_steps; }
    [[nodiscard]] const LineageOrder& order() const { return m_order; }
    // By node of the drawing: not dimmed by way, search or order; empty: all.
    [[nodiscard]] std::vector<bool> lit() const;

    // Nodes that were moved by hand, and views with a name. Changes are asked for: whoever keeps them sets them.
    [[nodiscard]] const LineageKept& kept() const { return m_kept; }
    void setKept(const LineageKept& kept);
    [[nodiscard]] bool canMove(std::uint32_t unit) const; // it stands in no frame
    void move(std::uint32_t unit, const QPointF& centre);
    void letGo(); // the selected ones; without a selection all
    void saveView(const QString& name); // what is shown now
    void showView(std::size_t view);
    void removeView(std::size_t view);

    void goTo(const lineage::Place& place); // in Review
    [[nodiscard]] const lineage::Place* placeOf(std::uint32_t unit) const; // null: it has none

Q_SIGNALS:
    void changed(); // the drawing, or how far it is
    void wanted(); // somebody wants another drawing
    void stopRequested();
    void keptWanted(const cupel::widgets::LineageKept& kept, const QString& what);
    void keptChanged();
    void selectionChanged();
    void revealWanted(std::uint32_t unit);
    void pathChanged();
    void litChanged(); // search or order
    void placeRequested(const QString& artifact, int cell, unsigned line);

private:
    void keep(const LineageReadingPtr& before);
    [[nodiscard]] bool showsOrder() const; // the drawing is in the order that is chosen
    void followHit();
    LineageReadingPtr m_reading;
    How m_how = How::None;
    LineageWish m_wish;
    LineageKept m_kept;
    std::vector<std::uint32_t> m_selection;
    std::uint32_t m_edge = lineage::none;
    LineagePath m_path;
    LineageAround m_around;
    std::string m_pathFrom; // keys; of what is around one node only this
    std::string m_pathTo;
    QString m_search;
    std::string m_hit; // key; empty: none was shown
    std::set<std::string> m_opened; // keys, on the way to it
    bool m_following = false; // it is not seen yet
    LineageOrder m_order;
    bool m_recorded = false;
    std::size_t m_steps = 0;
};

} // namespace cupel::widgets
