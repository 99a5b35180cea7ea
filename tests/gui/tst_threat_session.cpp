// SPDX-License-Identifier: GPL-3.0-or-later
// The session up to its decisions: what it is stands in threat_session.h.
#include "threat_session.h"

#include "analyzers/threats/knowledge/tables.h"
#include "app/shell/actions.h"
#include "widgets/common/buttons.h"
#include "widgets/threats/part_list.h"
#include "widgets/threats/presenter_card.h"
#include "widgets/threats/scoping_cards.h"
#include "widgets/threats/term_field.h"
#include "widgets/threats/threat_filter.h"
#include "widgets/threats/threat_inspector.h"
#include "widgets/threats/threat_navigator.h"
#include "widgets/threats/threat_view.h"
#include "widgets/threats/threat_work.h"

#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QDateEdit>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>

#include <algorithm>

namespace cupel::test {

void ThreatSessionTest::initTestCase()
{
    QVERIFY(m_place.isValid());
    m_bench = std::make_unique<Workbench>(m_place.filePath(QStringLiteral("home")));
}

void ThreatSessionTest::init()
{
    QVERIFY2(m_bench != nullptr, "an earlier step of the session has failed");
}

void ThreatSessionTest::minute0TheSampleIsOpened()
{
    auto* sample = button(&bench().window, QStringLiteral("Try the sample project"));
    QVERIFY(sample);
    QTest::mouseClick(sample, Qt::LeftButton);
    QVERIFY(bench().waitForScan());
    m_folder = bench().session.roots().value(0);
    QVERIFY(m_folder.endsWith(QStringLiteral("/churn")));
    toMode();
    const auto& model_ = overlaid(bench()).model;
    QVERIFY(model_.elements.size() >= 12 && model_.flows.size() >= 10 && model_.zones.size() >= 4);
    QVERIFY(says(part<ThreatView>(bench()),
        QStringLiteral("%1 element(s), %2 flow(s), %3 zone(s)")
            .arg(model_.elements.size())
            .arg(model_.flows.size())
            .arg(model_.zones.size())));
    QCOMPARE(part<GraphCanvas>(bench())->scene()->nodes().size(), model_.elements.size());
    QVERIFY(kept().isEmpty()); // looking writes nothing
    m_first = model(QStringLiteral("first.json"));
    QVERIFY(m_first.contains("cupel.threats/1"));
}

void ThreatSessionTest::minute1TheQuestionsAreAnswered()
{
    auto* view = part<ThreatView>(bench());
    click(button(view, QStringLiteral("Questions about the system")));
    auto* cards = view->questions();
    QTRY_VERIFY(cards->isVisible());
    QVERIFY(cards->open() > 0);
    const auto& questions = threats::scopingQuestions();
    QCOMPARE(questions.size(), 11U);
    for (std::size_t i = 0; i < questions.size(); ++i) {
        const bool yes = questions[i].id != "checked" && questions[i].id != "versions";
        click(cards->answer(questions[i].id)->findChildren<QAbstractButton*>().at(yes ? 0 : 1));
        const QByteArray line = QByteArrayLiteral("{\"answer\":\"") + questions[i].id.c_str() + "\",\"value\":\""
            + (yes ? "yes" : "no") + "\"}";
        QTRY_VERIFY2(kept().contains(line), line.constData());
    }
    QTRY_COMPARE_WITH_TIMEOUT(cards->open(), 0, 20'000);
    QVERIFY(says(cards, QStringLiteral("Every question that matters is answered")));
    QCOMPARE(threats::attribute(*element(bench(), "customers.csv"), "writers"), std::string("2"));
    QVERIFY(threat("ds-poison-write-access", "customers.csv")); // many write it and nobody checks: a rule asks that
    QCOMPARE(bench().session.undo().count(), 11);
    click(button(view, QStringLiteral("Questions about the system")));
    QTRY_VERIFY(part<GraphCanvas>(bench())->isVisible());
}

void ThreatSessionTest::minute3TheDrawingIsPutRight()
{
    auto* canvas = part<GraphCanvas>(bench());
    for (const char* name : {"customers.csv", "02-train-model.ipynb"}) {
        const QRect old = boxOf(bench(), name);
        drag(canvas->viewport(), old.center(), old.center() + QPoint(16, 40));
        QTRY_VERIFY2(element(bench(), name)->box.has_value(), name);
        QTRY_VERIFY2((boxOf(bench(), name).center() - old.center() - QPoint(16, 40)).manhattanLength() < 16, name);
    }
    QTRY_COMPARE(kept().count("{\"place\":"), 2);
    QTest::mouseDClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench(), "02-train-model.ipynb").center());
    QTRY_VERIFY(part<ThreatWork>(bench())->field());
    type(part<ThreatWork>(bench())->field(), QStringLiteral("Churn training"));
    QTRY_VERIFY(element(bench(), "Churn training"));
    // A file comes meanwhile: it waits until somebody has looked at it.
    const auto drawn = canvas->scene()->nodes().size();
    write(inside(QStringLiteral("data/regions.csv")), "region,people\nnorth,12\n");
    write(inside(QStringLiteral("count_regions.py")), late);
    QTRY_VERIFY_WITH_TIMEOUT(element(bench(), "regions.csv"), 20'000);
    QVERIFY(overlaid(bench()).tray.contains(element(bench(), "regions.csv")->id));
    QCOMPARE(canvas->scene()->nodes().size(), drawn);
    auto* navigator = part<ThreatNavigator>(bench());
    click(button(navigator, QStringLiteral("Elements")));
    click(navigator->parts()->accept());
    QTRY_VERIFY(overlaid(bench()).tray.empty());
    QTRY_COMPARE(canvas->scene()->nodes().size(), drawn + 2); // the table and the code that reads it
    QVERIFY(element(bench(), "Churn training")); // nobody's work is lost by it
    click(button(navigator, QStringLiteral("Threats")));
    QTRY_VERIFY(navigator->list()->isVisible());
}

void ThreatSessionTest::minute6AZoneIsDrawnAroundASelection()
{
    auto* canvas = part<GraphCanvas>(bench());
    canvas->fit();
    const auto zones = overlaid(bench()).model.zones.size();
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, {}, boxOf(bench(), "churn.safetensors").center());
    QTest::mouseClick(
        canvas->viewport(), Qt::LeftButton, Qt::ShiftModifier, boxOf(bench(), "old-threshold.pkl").center());
    QCOMPARE(canvas->selection().size(), 2U);
    QTest::keyClick(canvas, Qt::Key_Z);
    QTRY_VERIFY(part<ThreatWork>(bench())->field());
    type(part<ThreatWork>(bench())->field(), QStringLiteral("Model shelf"));
    const auto shelf = [this] { return named(overlaid(bench()).model.zones, "Model shelf"); };
    QTRY_VERIFY(shelf());
    QCOMPARE(overlaid(bench()).model.zones.size(), zones + 1);
    for (const char* name : {"churn.safetensors", "old-threshold.pkl"}) {
        QTRY_COMPARE(QString::fromStdString(element(bench(), name)->zone), QString::fromStdString(shelf()->id));
    }
    // What it was drawn around is seen in it.
    const auto frame = stateOf(bench()).reading()->frameOf(shelf()->id);
    for (const char* name : {"churn.safetensors", "old-threshold.pkl"}) {
        QVERIFY2(
            canvas->scene()->frames()[frame].box.contains(canvas->scene()->nodes()[nodeOf(bench(), name)].box), name);
    }
    QTRY_VERIFY(kept().contains("\"name\":\"Model shelf\""));
    QTRY_VERIFY(says(part<ThreatView>(bench()), QStringLiteral("%1 zone(s)").arg(zones + 1)));
}

void ThreatSessionTest::minute8TheThreatsAreListedWithTheirEvidence()
{
    auto* navigator = part<ThreatNavigator>(bench());
    auto& state = stateOf(bench());
    const auto& all = overlaid(bench()).model.threats;
    const auto confirmed = state.count(ThreatState::Show::Confirmed);
    QVERIFY(confirmed >= 5 && confirmed < all.size());
    QCOMPARE(navigator->chip(ThreatState::Show::All)->text(), QStringLiteral("All %1").arg(all.size()));
    click(navigator->chip(ThreatState::Show::Confirmed));
    QCOMPARE(state.shown().size(), confirmed);
    for (const FactRow& row : navigator->list()->facts()) {
        QVERIFY(row.heading || row.detail.contains(QStringLiteral("onfirmed")));
    }
    click(navigator->chip(ThreatState::Show::All));
    QCOMPARE(state.shown().size(), all.size());
    QVERIFY(navigator->foldedText().contains(QStringLiteral("refuted"))); // and what is folded away says why
    // Less of them, by what they are.
    auto* filter = navigator->filter();
    const auto pick_ = [](QComboBox* box, const QString& text) {
        box->setFocus();
        for (int i = 0; i < box->count() && box->currentText().compare(text, Qt::CaseInsensitive) != 0; ++i) {
            QTest::keyClick(box, Qt::Key_Down);
        }
        QCOMPARE(box->currentText().toLower(), text.toLower());
    };
    pick_(filter->severity(), QStringLiteral("Critical"));
    QVERIFY(!state.shown().empty() && state.shown().size() < all.size());
    QVERIFY(std::all_of(state.shown().begin(), state.shown().end(),
        [&all](std::size_t at) { return all[at].severity == Severity::Critical; }));
    const auto critical = state.shown().size();
    pick_(filter->zone(), QStringLiteral("Model shelf"));
    QVERIFY(!state.shown().empty() && state.shown().size() < critical);
    QCOMPARE(navigator->chip(ThreatState::Show::All)->text(), QStringLiteral("All %1").arg(state.shown().size()));
    for (QComboBox* box : {filter->severity(), filter->zone()}) {
        box->setFocus();
        QTest::keyClick(box, Qt::Key_Home);
    }
    pick_(filter->stride(), QStringLiteral("Repudiation"));
    QVERIFY(std::all_of(state.shown().begin(), state.shown().end(),
        [&all](std::size_t at) { return all[at].stride.find('R') != std::string::npos; }));
    QVERIFY(!state.shown().empty() && state.shown().size() < all.size());
    QTest::keyClick(filter->stride(), Qt::Key_Home);
    QCOMPARE(state.shown().size(), all.size());
    // The worst is chosen, its evidence is on its card and leads to the cell.
    choose("nb-hardcoded-secret", "01-explore-churn.ipynb");
    auto* card = part<ThreatInspector>(bench())->facts();
    QVERIFY(std::any_of(card->facts().begin(), card->facts().end(),
        [](const FactRow& row) { return row.detail.contains(QStringLiteral("cell 2, line 3")); }));
}

void ThreatSessionTest::minute10ThreatsAreDecidedByKeys()
{
    auto* inspector = part<ThreatInspector>(bench());
    auto* navigator = part<ThreatNavigator>(bench());
    auto& state = stateOf(bench());
    navigator->takeFocus();
    choose("nb-hardcoded-secret", "01-explore-churn.ipynb");
    struct Card {
        Qt::Key key;
        const char* reason; // empty: none is asked for
        const char* word; // of the file
    };
    const Card cards[] = {{Qt::Key_A, "", "\"applicability\":\"applies\",\"decision\":\"open\""},
        {Qt::Key_M, "", "\"decision\":\"mitigated\""},
        {Qt::Key_X, "Known until the warehouse moves", "\"decision\":\"accepted\""},
        {Qt::Key_T, "", "\"decision\":\"transferred\""}, {Qt::Key_P, "", "\"decision\":\"in-progress\""},
        {Qt::Key_V, "", "\"decision\":\"avoided\""}, {Qt::Key_L, "", "\"decision\":\"eliminated\""},
        {Qt::Key_N, "Only made of numbers", "\"applicability\":\"not-applicable\""}};
    for (const auto way : {threats::Decision::InProgress, threats::Decision::Avoided, threats::Decision::Eliminated}) {
        auto* button = inspector->decision(threats::Applicability::Applies, way); // as for the others
        QVERIFY(button && button->isVisible() && button->isCheckable());
    }
    bench().window.actions().at(u"threats.present")->trigger(); // for the others in the room
    auto* presenter = bench().window.findChild<PresenterCard*>();
    QVERIFY(presenter && presenter->isVisible() && presenter->isWindow());
    bench().window.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&bench().window));
    navigator->takeFocus();
    int decided = 0;
    for (const Card& card : cards) {
        QVERIFY(state.threat());
        const std::string id = state.threat()->id;
        QVERIFY(presenter->text().contains(QString::fromStdString(state.threat()->title)));
        if (card.key == Qt::Key_X) {
            click(inspector->term()->limited());
            inspector->term()->date()->setDate(QDate(2031, 2, 28));
            navigator->takeFocus();
        }
        QTest::keyClick(navigator->list(), card.key);
        if (*card.reason != 0) {
            QTRY_VERIFY(inspector->reason()->hasFocus());
            type(inspector->reason(), QString::fromLatin1(card.reason));
        }
        const QByteArray line = QByteArrayLiteral("{\"threat\":\"") + id.c_str() + '"';
        QTRY_VERIFY2(kept().contains(line) && kept().contains(card.word), card.word);
        ++decided;
        QTRY_COMPARE(state.count(ThreatState::Show::Decided), static_cast<std::size_t>(decided));
        QCOMPARE(navigator->chip(ThreatState::Show::Decided)->text(), QStringLiteral("Decided %1").arg(decided));
        navigator->takeFocus();
        QTest::keyClick(navigator->list(), Qt::Key_J);
        QVERIFY(state.threat() && state.threat()->id != id); // the next card
        QTest::keyClick(navigator->list(), Qt::Key_K);
        QVERIFY(state.threat()->id == id);
        QTest::keyClick(navigator->list(), Qt::Key_J);
    }
    QVERIFY(kept().contains("\"until\":\"2031-02-28\"") && kept().count("\"until\"") == 1);
    QVERIFY(presenter->text().contains(word(state.threat()->evidence)));
    QTest::keyClick(presenter, Qt::Key_Escape);
    QVERIFY(!presenter->isVisible());
    QVERIFY(kept().contains("Known until the warehouse moves") && kept().contains("Only made of numbers"));
}

void ThreatSessionTest::minute19WhatIsDecidedIsListed()
{
    auto* navigator = part<ThreatNavigator>(bench());
    auto& state = stateOf(bench());
    click(navigator->chip(ThreatState::Show::Decided));
    QCOMPARE(state.shown().size(), 8U);
    for (const char* word :
        {"Applies", "Mitigated", "Accepted", "Transferred", "In progress", "Avoided", "Eliminated", "Not applicable"}) {
        const auto& rows = navigator->list()->facts();
        QVERIFY2(
            std::any_of(rows.begin(), rows.end(),
                [word](const FactRow& row) { return row.detail.contains(QLatin1String(word), Qt::CaseInsensitive); }),
            word);
    }
    click(navigator->chip(ThreatState::Show::All));
}

} // namespace cupel::test

QTEST_MAIN(cupel::test::ThreatSessionTest)
