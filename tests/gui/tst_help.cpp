// SPDX-License-Identifier: GPL-3.0-or-later
// The help: every anchor leads somewhere, every view and panel has its section, and F1 opens the right one by real
// keys.
#include "shell_bench.h"

#include "app/shell/actions.h"
#include "app/shell/help_sheet.h"
#include "app/shell/help_topics.h"
#include "app/shell/palette.h"
#include "widgets/common/style.h"
#include "widgets/editor/source_view.h"
#include "widgets/models/finding_query.h"
#include "widgets/notebook/notebook_canvas.h"

#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLabel>
#include <QtWidgets/QListWidget>
#include <QtWidgets/QPushButton>

using namespace cupel;
using namespace cupel::app;
using cupel::test::Workbench;

namespace {

void press(QWidget& window, Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
{
    QTest::keyClick(window.focusWidget() ? window.focusWidget() : &window, key, modifiers);
}

HelpSheet* sheet(const QWidget& window)
{
    for (HelpSheet* one : window.findChildren<HelpSheet*>()) {
        if (one->isVisible()) {
            return one;
        }
    }
    return nullptr;
}

QString shown(const QWidget& window)
{
    const HelpSheet* open = sheet(window);
    return open ? open->topic() : QString();
}

QStringList words(const QWidget& widget)
{
    QStringList out;
    for (const QLabel* label : widget.findChildren<QLabel*>()) {
        if (label->isVisible()) {
            out += label->text();
        }
    }
    return out;
}

} // namespace

class HelpTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyAnchorLeadsSomewhere();
    void everyViewHasASection();
    void sectionsShowWhatTheySay();
    void keyOpensTheRightOne();
    void dialogsToo();
    void paletteOpensAnyOne();

private:
    QTemporaryDir m_folder;
};

void HelpTest::everyAnchorLeadsSomewhere()
{
    QSet<QString> actions;
    for (const ActionInfo& info : actionTable()) {
        actions += QString::fromUtf8(info.id);
    }
    QSet<QString> ids;
    QSet<QString> linked;
    for (const HelpTopic& topic : helpTopics()) {
        const QString id = QString::fromUtf8(topic.id);
        QVERIFY2(!ids.contains(id), topic.id);
        ids += id;
        QVERIFY2(!topic.paragraphs.empty() && *topic.title && *topic.icon, topic.id);
        QVERIFY2(!topic.next.empty(), topic.id); // where to go from here
        for (const char* action : topic.actions) {
            QVERIFY2(actions.contains(QString::fromUtf8(action)), action);
        }
        for (const char* other : topic.next) {
            QVERIFY2(findHelp(QString::fromUtf8(other)) && qstrcmp(other, topic.id) != 0, other);
            linked += QString::fromUtf8(other);
        }
    }
    QVERIFY(!findHelp(u"nowhere"));
    ids -= linked;
    QCOMPARE(ids, QSet<QString>{}); // each is reached from another one
    for (const HelpKey& example : findHelp(u"filter")->keys) {
        const auto query = widgets::FindingQuery::parse(QString::fromUtf8(example.keys));
        QVERIFY2(query.isValid() && !query.isEmpty(), example.keys);
    }
}

void HelpTest::everyViewHasASection()
{
    for (const ViewEntry& entry : viewTable()) {
        QVERIFY2(findHelp(QString::fromUtf8(entry.id)), entry.id);
    }
    Workbench bench(m_folder.filePath(QStringLiteral("views")));
    for (const ViewEntry& entry : viewTable()) {
        bench.window.showMode(QString::fromUtf8(entry.id));
    }
    for (const QWidget* widget : bench.window.findChildren<QWidget*>()) {
        const QString id = helpTopicOf(widget, QStringLiteral("home"));
        QVERIFY2(findHelp(id), qPrintable(id));
    }
}

void HelpTest::sectionsShowWhatTheySay()
{
    Workbench bench(m_folder.filePath(QStringLiteral("sections")));
    press(bench.window, Qt::Key_F1);
    HelpSheet* help = sheet(bench.window);
    QVERIFY(help);
    auto* list = help->findChild<QListWidget*>();
    QCOMPARE(list->count(), static_cast<int>(helpTopics().size()));
    for (int row = 0; row < list->count(); ++row) {
        const HelpTopic& topic = helpTopics()[static_cast<std::size_t>(row)];
        QTest::mouseClick(
            list->viewport(), Qt::LeftButton, Qt::NoModifier, list->visualItemRect(list->item(row)).center());
        QCOMPARE(help->topic(), QString::fromUtf8(topic.id));
        QTest::qWait(0); // the old page goes
        const QStringList text = words(*help);
        for (const char* paragraph : topic.paragraphs) {
            QVERIFY(text.contains(helpText(paragraph)));
        }
        for (const char* action : topic.actions) {
            QVERIFY(text.contains(bench.window.actions().at(QString::fromUtf8(action))->text()));
        }
        // All links of the page lead to their section.
        for (const char* other : topic.next) {
            help->showTopic(QString::fromUtf8(topic.id));
            QTest::qWait(0);
            QPushButton* link = nullptr;
            for (QPushButton* one : help->findChildren<QPushButton*>()) {
                link = one->text() == helpText(findHelp(QString::fromUtf8(other))->title) ? one : link;
            }
            QVERIFY2(link, other);
            link->click();
            QCOMPARE(help->topic(), QString::fromUtf8(other));
            QCOMPARE(list->currentRow(), static_cast<int>(findHelp(QString::fromUtf8(other)) - helpTopics().data()));
        }
    }
}

void HelpTest::keyOpensTheRightOne()
{
    Workbench bench(m_folder.filePath(QStringLiteral("key")));
    bench.window.open({OpenTarget{QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    for (const ViewEntry& entry : viewTable()) {
        bench.window.showMode(QString::fromUtf8(entry.id));
        QWidget* before = bench.window.focusWidget();
        press(bench.window, Qt::Key_F1);
        QCOMPARE(shown(bench.window), QString::fromUtf8(entry.id));
        press(bench.window, Qt::Key_F1); // once more: away again
        QCOMPARE(shown(bench.window), QString());
        QCOMPARE(bench.window.focusWidget(), before);
        press(bench.window, Qt::Key_F1);
        press(bench.window, Qt::Key_Escape);
        QCOMPARE(shown(bench.window), QString());
        QTest::qWait(0);
    }
    bench.window.showMode(QStringLiteral("review"));
    press(bench.window, Qt::Key_F, Qt::ControlModifier);
    press(bench.window, Qt::Key_F1);
    QCOMPARE(shown(bench.window), QStringLiteral("filter"));
    press(bench.window, Qt::Key_F1);
    press(bench.window, Qt::Key_J, Qt::ControlModifier);
    press(bench.window, Qt::Key_F1);
    QCOMPARE(shown(bench.window), QStringLiteral("drawer"));
    press(bench.window, Qt::Key_F1);
    auto* canvas = bench.window.findChild<widgets::NotebookCanvas*>();
    QTRY_VERIFY(canvas->itemCount() > 1);
    canvas->setFocus();
    canvas->setCurrentItem(1);
    press(bench.window, Qt::Key_Return); // the text cursor is in a cell now
    QVERIFY(canvas->editor() && canvas->editor()->isVisible());
    press(bench.window, Qt::Key_F1);
    QCOMPARE(shown(bench.window), QStringLiteral("review"));
}

void HelpTest::dialogsToo()
{
    Workbench bench(m_folder.filePath(QStringLiteral("dialogs")));
    const std::pair<const char16_t*, const char*> dialogs[] = {
        {u"go.palette", "palette"}, {u"help.keys", "keys"}, {u"help.about", "safety"}, {u"help.shield", "safety"}};
    for (const auto& [action, topic] : dialogs) {
        bench.window.actions().at(action)->trigger();
        press(bench.window, Qt::Key_F1);
        QCOMPARE(shown(bench.window), QString::fromUtf8(topic));
        press(bench.window, Qt::Key_Escape);
        press(bench.window, Qt::Key_Escape);
        QTest::qWait(0);
    }
    QVERIFY(!bench.window.palettePanel().isOpen());
}

void HelpTest::paletteOpensAnyOne()
{
    Workbench bench(m_folder.filePath(QStringLiteral("palette")));
    for (const HelpTopic& topic : helpTopics()) {
        press(bench.window, Qt::Key_K, Qt::ControlModifier);
        QTest::keyClicks(bench.window.focusWidget(), QStringLiteral("Help: ") + helpText(topic.title));
        press(bench.window, Qt::Key_Return);
        QCOMPARE(shown(bench.window), QString::fromUtf8(topic.id));
        press(bench.window, Qt::Key_Escape);
        QTest::qWait(0);
    }
}

int main(int argc, char** argv)
{
    QApplication application(argc, argv);
    cupel::widgets::installStyle(application);
    HelpTest test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_help.moc"
