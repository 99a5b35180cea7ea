// SPDX-License-Identifier: GPL-3.0-or-later
// What is a step that undo takes back and what is none, and that nothing typed is lost or goes elsewhere.
#include "share_bench.h"

#include "app/session/triage.h"
#include "app/shell/actions.h"
#include "app/shell/sheet.h"
#include "app/shell/status_bar.h"
#include "tests/unit/rules/made.h"
#include "widgets/common/style.h"
#include "widgets/findings/decision_card.h"
#include "widgets/findings/findings_view.h"
#include "widgets/findings/triage_form.h"

#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QRadioButton>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Shared;
using cupel::test::Workbench;

namespace {

QPushButton* button(const QWidget& window, QStringView beginning)
{
    const auto all = window.findChildren<QPushButton*>();
    const auto at = std::find_if(all.begin(), all.end(),
        [beginning](const QPushButton* one) { return one->isVisible() && one->text().startsWith(beginning); });
    return at == all.end() ? nullptr : *at;
}

// A notebook with findings, in a folder that takes decisions.
bool openSample(Workbench& bench, const QTemporaryDir& folder)
{
    const QString file = folder.filePath(QStringLiteral("a.ipynb"));
    if (!QFile::copy(
            QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn/notebooks/01-explore-churn.ipynb"), file)) {
        return false;
    }
    bench.window.open({OpenTarget{file, {}, {}, {}}});
    return bench.waitForScan();
}

void press(QWidget& window, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, key, modifiers);
}

} // namespace

class StepsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void choicesAreStepsThatUndoTakesBack();
    void aRefusedNoteStaysWithItsReason();
    void nobodyTypesOverTheName();
    void settingsAreNoSteps();
    void whatIsNotShownIsDoneAgainOnlyAfterAQuestion();
};

// Ticks and the audience are taken back one by one, by the key, each by its name; the theme stays as it is.
void StepsTest::choicesAreStepsThatUndoTakesBack()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    Workbench& bench = shared.bench;
    auto& state = bench.session.fixing().state();
    const auto ready = [&] { return QTest::qWaitFor([&] { return !state.working(); }, 20'000); };
    const auto undo = [&] { QTest::keyClick(bench.window.focusWidget(), Qt::Key_Z, Qt::ControlModifier); };
    const auto all = state.onCount();
    shared.list->setFocus();
    shared.list->setCurrentIndex(shared.list->model()->index(0, 0));
    QTest::keyClick(shared.list, Qt::Key_Space);
    QVERIFY(ready());
    const auto first = state.onCount();
    QVERIFY(first < all);
    QVERIFY(bench.session.undo().undoText().contains(QStringLiteral("explore.ipynb")));
    auto* list = shared.list;
    const auto ticked = list->model()->index(0, 0).data(Qt::CheckStateRole).toInt();
    bench.window.actions().at(u"view.theme")->trigger(); // no step
    const QString theme = bench.settings.text(keys::theme);
    const auto before = state.profileIndex();
    QComboBox* profiles = shared.profiles;
    profiles->setFocus();
    QTest::keyClick(profiles, Qt::Key_Down);
    QVERIFY(ready());
    QVERIFY(state.profileIndex() != before);
    QCOMPARE(list->model()->index(0, 0).data(Qt::CheckStateRole).toInt(), ticked); // what was switched by hand stays
    QVERIFY(bench.session.undo().undoText().contains(QString::fromStdString(state.profile().title)));
    undo();
    QVERIFY(ready());
    QCOMPARE(state.profileIndex(), before);
    QCOMPARE(profiles->currentIndex(), static_cast<int>(before));
    QCOMPARE(state.onCount(), first);
    undo();
    QVERIFY(ready());
    QCOMPARE(state.onCount(), all);
    QVERIFY(state.choices().empty());
    QCOMPARE(bench.settings.text(keys::theme), theme);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QVERIFY(ready());
    QCOMPARE(state.onCount(), first);
    button(bench.window, u"Reset")->click();
    QVERIFY(ready());
    QCOMPARE(state.onCount(), all);
    undo();
    QVERIFY(ready());
    QCOMPARE(state.onCount(), first);
}

// A digit leads into the note; who goes on with Tab all the same types into no name, and chooses no term by a letter.
void StepsTest::nobodyTypesOverTheName()
{
    QTemporaryDir folder;
    Workbench bench(folder.filePath(QStringLiteral("data")));
    QVERIFY(openSample(bench, folder));
    bench.session.review().setCurrent(bench.session.review().visible()[1]);
    QVERIFY(QTest::qWaitFor([&] { return bench.session.triage().ready(); }));
    bench.window.findChild<widgets::FindingsView*>()->takeFocus();
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_T);
    auto* form = bench.window.findChild<widgets::TriageForm*>();
    QVERIFY(form != nullptr && form->isVisible());
    const auto field = [form](const char* name) {
        const auto fields = form->findChildren<QLineEdit*>();
        const auto hit = std::find_if(fields.begin(), fields.end(),
            [name](const QLineEdit* one) { return one->accessibleName() == QLatin1String(name); });
        return hit == fields.end() ? nullptr : *hit;
    };
    auto* note = field("Note");
    auto* author = field("Decided by");
    QVERIFY(note && author);
    author->setText(QStringLiteral("Ada"));
    const QString name = author->text();
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_3);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Tab);
    for (const QChar letter : QStringLiteral("fine for 2 weeks")) {
        QTest::keyClick(bench.window.focusWidget(), letter.toLatin1());
    }
    QCOMPARE(author->text(), name);
    QCOMPARE(form->findChild<QComboBox*>()->currentIndex(), 0);
    QCOMPARE(note->text(), QStringLiteral("fine for 2 weeks"));
    QVERIFY(form->findChildren<QRadioButton*>()[2]->isChecked());
}

// A note that holds a token is not taken: nothing typed is lost, and nothing of it reaches the list behind.
void StepsTest::aRefusedNoteStaysWithItsReason()
{
    QTemporaryDir folder;
    Workbench bench(folder.filePath(QStringLiteral("data")));
    QVERIFY(openSample(bench, folder));
    auto& review = bench.session.review();
    review.setCurrent(review.visible()[1]);
    QVERIFY(QTest::qWaitFor([&] { return bench.session.triage().ready(); }));
    const auto ref = *review.current();
    auto* list = bench.window.findChild<widgets::FindingsView*>();
    list->takeFocus();
    test::Letters letters;
    const QString note = QStringLiteral("old token ") + QString::fromStdString(test::githubToken(letters));
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_T);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_3);
    QTest::keyClicks(bench.window.focusWidget(), note);
    QTest::keyClick(bench.window.focusWidget(), Qt::Key_Return);
    QTest::qWait(20);
    auto* form = bench.window.findChild<widgets::TriageForm*>();
    QVERIFY(form != nullptr && form->isVisible());
    auto* field = form->findChild<QLineEdit*>();
    QCOMPARE(field->text(), note);
    QVERIFY(form->findChildren<QRadioButton*>()[2]->isChecked());
    QVERIFY(QTest::qWaitFor([&] {
        const auto labels = form->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [](const QLabel* label) {
            return label->isVisible() && label->text().contains(QStringLiteral("credential"));
        });
    }));
    test::shot(bench.window, QStringLiteral("triage-refused"));
    // Whoever types on types into the note.
    QTest::keyClicks(bench.window.focusWidget(), QStringLiteral("nt1x"));
    QCOMPARE(field->text(), note + QStringLiteral("nt1x"));
    // And with the keyboard on the sheet itself nothing goes to the list behind, not even undo.
    const int steps = bench.session.undo().index();
    auto* sheet = bench.window.findChild<Sheet*>();
    QTest::mouseClick(sheet, Qt::LeftButton, Qt::NoModifier, QPoint(12, sheet->height() - 12));
    for (QWidget* at : {static_cast<QWidget*>(sheet), static_cast<QWidget*>(form->findChildren<QRadioButton*>()[2])}) {
        at->setFocus();
        QTest::keyClicks(at, QStringLiteral("npx"));
        QTest::keyClick(at, Qt::Key_T);
        QTest::keyClick(at, Qt::Key_Z, Qt::ControlModifier);
    }
    QCOMPARE(bench.session.undo().index(), steps);
    QVERIFY(form->isVisible());
    QVERIFY(*review.current() == ref);
    QCOMPARE(review.settled(), std::size_t{0});
    QCOMPARE(list->chosen().size(), std::size_t{1});
    field->setText(QStringLiteral("an old token, revoked"));
    field->setFocus();
    QTest::keyClick(field, Qt::Key_Return);
    QVERIFY(review.decisionState(ref) == review::DecisionState::Active);
    // The box that says so is no higher than its words.
    auto* card = bench.window.findChild<widgets::DecisionCard*>();
    test::shot(bench.window, QStringLiteral("triage-decided"));
    QVERIFY(card->height() <= card->heightForWidth(card->width()) + 4);
    for (const auto* words : card->findChildren<QLabel*>()) {
        QVERIFY(words->height() <= words->heightForWidth(words->width()) + 8);
    }
}

// Who takes back a step does not mean how the window looks: settings are no steps.
void StepsTest::settingsAreNoSteps()
{
    QTemporaryDir folder;
    Workbench bench(folder.path());
    const QString before = bench.settings.text(keys::theme);
    bench.window.actions().at(u"view.theme")->trigger();
    const QString after = bench.settings.text(keys::theme);
    QVERIFY(after != before);
    press(bench.window, Qt::Key_Plus, Qt::ControlModifier);
    QVERIFY(bench.settings.number(keys::textZoom) > 1);
    press(bench.window, Qt::Key_Z, Qt::ControlModifier);
    QCOMPARE(bench.settings.text(keys::theme), after);
    QVERIFY(bench.settings.number(keys::textZoom) > 1);
    QCOMPARE(bench.session.undo().count(), 0);
    // The size that counts is said, also when it is the normal one again.
    press(bench.window, Qt::Key_0, Qt::ControlModifier);
    QCOMPARE(bench.settings.number(keys::textZoom), 1.0);
    const auto labels = bench.window.findChild<StatusBar*>()->findChildren<QLabel*>();
    QVERIFY(std::any_of(labels.begin(), labels.end(),
        [](const QLabel* label) { return label->text().contains(QStringLiteral("Text size 100 %")); }));
    bench.settings.set(keys::singleKeys, QStringLiteral("false"));
    QVERIFY(bench.window.actions().at(u"edit.copyMarkdown")->shortcuts().isEmpty());
}

// A change of a file that is not shown any more, done again by its key: the first press only says so, as with undo.
void StepsTest::whatIsNotShownIsDoneAgainOnlyAfterAQuestion()
{
    QTemporaryDir folder;
    Shared shared(folder.path());
    QVERIFY(shared.opened);
    Workbench& bench = shared.bench;
    const auto read = [](const QString& path) {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    };
    const auto said = [&](QStringView words) {
        const auto labels = bench.window.findChild<StatusBar*>()->findChildren<QLabel*>();
        return std::any_of(labels.begin(), labels.end(), [words](const QLabel* label) {
            return label->accessibleName().contains(words) || label->text().contains(words);
        });
    };
    const auto key = [&](Qt::KeyboardModifiers more) {
        QTest::keyClick(bench.window.focusWidget() ? bench.window.focusWidget() : &bench.window, Qt::Key_Z,
            Qt::ControlModifier | more);
    };
    const QByteArray original = read(shared.file);
    QCOMPARE(bench.session.fixing().writeInPlace(), QString());
    QVERIFY(bench.waitForScan());
    const QByteArray changed = read(shared.file);
    QVERIFY(changed != original);
    key(Qt::NoModifier); // in sight: at once
    QCOMPARE(read(shared.file), original);
    QVERIFY(bench.waitForScan());
    const QString other = folder.filePath(QStringLiteral("other.ipynb"));
    QVERIFY(QFile::copy(shared.file, other));
    bench.window.open({OpenTarget{other, {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    key(Qt::ShiftModifier);
    QCOMPARE(read(shared.file), original);
    QVERIFY(said(u"Redo again"));
    key(Qt::ShiftModifier);
    QCOMPARE(read(shared.file), changed);
    QTest::qWait(50);
    QVERIFY(!bench.session.busy()); // what is shown has not changed: nothing speaks over the message
    QVERIFY(said(u"Done again"));
    key(Qt::NoModifier);
    QCOMPARE(read(shared.file), changed);
    QVERIFY(said(u"Undo again"));
    key(Qt::NoModifier);
    QCOMPARE(read(shared.file), original);
    // What somebody else wrote meanwhile stays.
    QFile file(shared.file);
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write(original + '\n') > 0);
    file.close();
    key(Qt::ShiftModifier);
    key(Qt::ShiftModifier);
    QCOMPARE(read(shared.file), original + '\n');
    QVERIFY(said(u"left alone"));
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    StepsTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_steps.moc"
