// SPDX-License-Identifier: GPL-3.0-or-later
// Half an hour of a team on the bundled sample, minute by minute, with real clicks and keys: opened, asked, drawn,
// bounded, decided card by card, attacked, treated, held against frameworks, exported, all of it taken back, and what
// the next day says. The steps share one window and follow each other; what a user would see is asked after each.
#pragma once

#include "threat_bench.h"

#include "widgets/common/fact_rows.h"

#include <QtCore/QTemporaryDir>
#include <QtGui/QUndoStack>

#include <memory>

namespace cupel::test {

class ThreatSessionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void minute0TheSampleIsOpened();
    void minute1TheQuestionsAreAnswered();
    void minute3TheDrawingIsPutRight();
    void minute6AZoneIsDrawnAroundASelection();
    void minute8TheThreatsAreListedWithTheirEvidence();
    void minute10ThreatsAreDecidedByKeys();
    void minute19WhatIsDecidedIsListed();
    void minute20AWayOfAttackIsMarked();
    void minute22WhatIfAFlowWereGone();
    void minute23AControlTakesRiskAway();
    void minute26AGapLeadsToItsThreat();
    void minute28AllOfItIsExported_data();
    void minute28AllOfItIsExported();
    void minute29TheReportIsAPdf();
    void allOfItIsTakenBackAndDoneAgain();
    void theNextDayOneThreatHasRegressed();
    void cleanupTestCase() { m_bench.reset(); }

private:
    [[nodiscard]] Workbench& bench() { return *m_bench; }
    [[nodiscard]] QString inside(const QString& name) const { return m_folder + u'/' + name; }
    [[nodiscard]] QByteArray read(const QString& path) const;
    void write(const QString& path, const QByteArray& bytes) const;
    [[nodiscard]] QByteArray kept() const { return read(inside(QStringLiteral(".cupel/threats.jsonl"))); }
    [[nodiscard]] QByteArray facts() const; // of that file: without what happened and what was seen
    [[nodiscard]] QByteArray model(const QString& name); // as JSON, all of it
    [[nodiscard]] bool becomes(const QByteArray& wanted); // the model, when the last change has come through
    [[nodiscard]] const threats::Threat* threat(const char* rule, const char* part_);
    void choose(const char* rule, const char* part_); // by a click in the list
    void toMode();
    QTemporaryDir m_place;
    std::unique_ptr<Workbench> m_bench;
    QString m_folder; // the workspace
    QByteArray m_first; // the model before anybody worked on it
};

[[nodiscard]] QAbstractButton* button(QWidget* in, const QString& name); // that is seen; null: there is none
void click(QWidget* target); // where somebody would have to scroll to
[[nodiscard]] bool says(QWidget* in, const QString& words); // a label that is seen
extern const QByteArray late; // code that comes in the middle of the session

} // namespace cupel::test
