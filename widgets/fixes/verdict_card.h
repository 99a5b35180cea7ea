// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a file may go to the readers of a profile: the answer, what was found before and after the edits, and each
// gate with its reason, also with what stays although it passed. Painted; read out as one text.
#pragma once

#include "widgets/models/fix_state.h"

#include <QtWidgets/QWidget>

#include <vector>

namespace cupel::widgets {

class VerdictCard : public QWidget {
    Q_OBJECT
public:
    explicit VerdictCard(FixState* state, QWidget* parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }
    [[nodiscard]] QString text() const; // all of it in words
    // What somebody has answered for and the profile would stop, in one phrase: "with 1 finding in it called test
    // data". Empty: nothing.
    [[nodiscard]] static QString keptNote(const FixOutcome& outcome);

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    bool event(QEvent* event) override;

private:
    struct Counts {
        std::size_t bySeverity[5] = {};
        [[nodiscard]] QString words() const; // "3 low, 2 info"; empty: none
        [[nodiscard]] int sum() const;
    };
    // What is open of the kind a gate is about, and what of it is too mild or too unsure to stop there.
    struct OfGate {
        Counts all;
        Counts below;
        int answered = 0; // of what is below: somebody has answered for them, so they are in neither count
        int decided = 0; // all that somebody has answered for: an edit takes them out as well
        int decidedGone = 0; // those of them that the edits take out
    };
    struct Words {
        QString title;
        QString note;
        bool meets = false;
        bool known = false;
        bool kept = false; // it meets the profile, and somebody accepted what stays
    };
    struct Row {
        enum class Sign : std::uint8_t { Passed, Note, Rest, Failed };
        Sign sign = Sign::Passed; // Rest: passed, and yet something of its kind stays
        QString title;
        QString why; // beside the title, or below it when there is no room
        QString rest; // below
        bool changes = false; // edits may bring a line of text or take it away
    };
    [[nodiscard]] Words words() const;
    [[nodiscard]] static QString answeredWords(int count);
    [[nodiscard]] static QString seenWords(std::uint64_t pictures);
    [[nodiscard]] static QString belowWords(const review::GateResult& gate, const QString& stays);
    [[nodiscard]] static QString keptLine(review::Reason reason, int count);
    [[nodiscard]] static QString keptLineBy(review::Reason reason, int count, const QString& author);
    [[nodiscard]] static QStringList keptLines(
        const std::vector<review::FindingRef>& findings, const review::DecisionSet* decisions);
    [[nodiscard]] static QStringList keptWords(const review::GateResult& gate, const review::DecisionSet* decisions);
    [[nodiscard]] static Counts count(const Analysis& analysis, const FixOutcome& outcome);
    // One of each gate, and a last one of what no gate is about. `gone`: which of its findings are taken out, rising.
    [[nodiscard]] static std::vector<OfGate> byGate(
        const Analysis& analysis, const FixOutcome& outcome, const std::vector<std::size_t>& gone);
    [[nodiscard]] static QString takenOut(const OfGate& before, const OfGate& after);
    [[nodiscard]] std::vector<Row> rows() const;
    static void addRemains(std::vector<Row>& rows, const FixOutcome& outcome);
    [[nodiscard]] QString below(const Row& row, int room) const; // what stands under the title
    [[nodiscard]] int rowHeight(const Row& row, int room) const;
    [[nodiscard]] int headHeight() const;
    [[nodiscard]] int heightNow() const;
    void keepHeight();
    void follow();
    void paintHead(QPainter& painter, const QRect& box) const;
    void paintRow(QPainter& painter, const QRect& box, const Row& row) const;
    void paintCounts(QPainter& painter, const QRect& line, const QString& label, const Counts& counts) const;
    FixState* m_state;
    Words m_words;
    Counts m_before;
    Counts m_after;
    std::vector<Row> m_rows;
    QString m_shownFor; // file, profile and width that the height below is about
    int m_reserved = 0; // the card does not shrink while edits are tried, or the list below would jump
};

} // namespace cupel::widgets
