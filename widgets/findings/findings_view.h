// SPDX-License-Identifier: GPL-3.0-or-later
// Navigator of Review mode: file, filter, ready-made filters and the list of findings, or what there is to say instead.
// Watches a ReviewState; everything it wants done beyond that goes out as an intent.
#pragma once

#include "analyzers/review/profile.h"
#include "widgets/common/view.h"
#include "widgets/models/review_state.h"

#include <QtCore/QPointer>

class QMenu;
class QStackedLayout;

namespace cupel::widgets {

class FileSwitcher;
class FilterChips;
class FilterField;
class FindingTree;
class ForeignBand;
struct ForeignDecisions;
class Label;
class StateCard;

class FindingsView : public View {
    Q_OBJECT
public:
    explicit FindingsView(ReviewState* state, QWidget* parent = nullptr);
    void takeFocus() override; // the list, or the filter when the list is empty
    void clearFilter(); // the keyboard goes back to the list
    void focusFilter();
    void setLookedAt(review::LookedAt lookedAt); // pictures that a person has looked at
    void showForeign(const ForeignDecisions& foreign); // decisions that wait for a yes or no
    // What an action is about: the chosen findings, else the current one. In list order.
    [[nodiscard]] std::vector<FindingRef> chosen() const;
    void mark();
    void markRange();
    void dropMarks();
    [[nodiscard]] QSize sizeHint() const override { return {320, 600}; }

Q_SIGNALS:
    void imagesRequested(); // pictures wait for a person's eyes
    void threatsRequested(); // that the current finding speaks for

private:
    void layOut();
    void makeStates();
    void connectParts();
    void scheduleFollow();
    void follow();
    void showEcho();
    void showState();
    void showChoice();
    void openMenu(const QPoint& globalPosition);
    void addFilters(QMenu* menu, const Finding& finding);
    void setFilterTo(const QString& term);

    QPointer<ReviewState> m_state;
    FileSwitcher* m_files;
    FilterField* m_filter;
    Label* m_echo;
    FilterChips* m_chips;
    FindingTree* m_tree;
    ForeignBand* m_foreign;
    QWidget* m_choice;
    Label* m_choiceText;
    StateCard* m_nothingOpen = nullptr;
    StateCard* m_clean = nullptr;
    StateCard* m_partlyClean = nullptr;
    StateCard* m_filteredOut = nullptr;
    StateCard* m_soFar = nullptr;
    QStackedLayout* m_pages = nullptr;
    review::LookedAt m_lookedAt;
    bool m_onlyPictures = false; // what the empty list warns of
    bool m_pending = false;
};

} // namespace cupel::widgets
