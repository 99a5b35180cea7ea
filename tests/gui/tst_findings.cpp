// SPDX-License-Identifier: GPL-3.0-or-later
// The findings navigator and the inspector with real keys and clicks.
#include "analyzers/engine/analyze.h"
#include "tests/models/made_analysis.h"
#include "widgets/common/buttons.h"
#include "widgets/common/states.h"
#include "widgets/common/style.h"
#include "widgets/findings/evidence_row.h"
#include "widgets/findings/filter_chips.h"
#include "widgets/findings/filter_field.h"
#include "widgets/findings/finding_inspector.h"
#include "widgets/findings/finding_tree.h"
#include "widgets/findings/findings_view.h"
#include "widgets/findings/inspector_page.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtGui/QAccessible>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QCompleter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QTabBar>

using namespace cupel;
using namespace cupel::widgets;

namespace {

std::vector<AnalysisPtr> reviewed()
{
    using test::MadeFinding;
    const auto critical = Severity::Critical;
    auto first = test::makeAnalysis("work/notebooks/churn-model.ipynb",
        {{"CUP-SEC-AWS-ACCESS-KEY", critical, Confidence::Certain, 9, "AWS access key", Family::Secret, "secret.aws",
             Part::Output},
            {"CUP-SEC-GITHUB-PAT", Severity::High, Confidence::Certain, 2, "GitHub personal access token"},
            {"CUP-SEC-DATABASE-URL", Severity::Medium, Confidence::Likely, 4,
                "Database address with a password that stands in a connection string of a rather long line"},
            {"CUP-SEC-MLFLOW", Severity::Low, Confidence::Possible, 7, "MLflow tracking password"},
            {"CUP-MAL-DUPLICATE-KEY", Severity::Info, Confidence::Certain, 8, "The same key twice",
                Family::Malformed}});
    const auto second = test::makeAnalysis(
        "work/train.py", {{"CUP-SEC-KAGGLE", Severity::High, Confidence::Certain, 0, "Kaggle API key"}});
    auto changed = std::make_shared<Analysis>(*first);
    Finding& key = changed->findings.front();
    key.message =
        "The output of cell 9 shows an access key of Amazon Web Services. Whoever reads it can act for its owner.";
    key.evidence = {{"match", key.location, "AKIA••••••••••••7QXA"}, {"decoded-from", key.location, "QUtJQ••••••••"},
        {"check", {}, "The account number inside is well formed."}};
    return {changed, second};
}

AnalysisPtr sample(const QString& file)
{
    QFile source(QString::fromUtf8(CUPEL_SOURCE_DIR "/resources/samples/churn/") + file);
    if (!source.open(QIODevice::ReadOnly)) {
        return nullptr;
    }
    Artifact artifact;
    artifact.path = "churn/" + file.toStdString();
    artifact.bytes = std::make_shared<const std::string>(source.readAll().toStdString());
    Budget budget;
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), ScanOptions(), budget));
}

struct Window : QWidget {
    ReviewState state;
    FindingsView* list;
    FindingInspector* inspector;
    explicit Window(int listWidth = 320, int inspectorWidth = 360)
        : list(new FindingsView(&state, this))
        , inspector(new FindingInspector(&state, this))
    {
        auto* row = new QHBoxLayout(this);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(8);
        row->addWidget(list);
        row->addWidget(inspector);
        list->setFixedWidth(listWidth);
        inspector->setFixedWidth(inspectorWidth);
        state.setRoots({"work"});
    }
    void open(int height = 760)
    {
        resize(sizeHint().width(), height);
        show();
        QVERIFY(QTest::qWaitForWindowExposed(this));
        activateWindow();
        settle();
    }
    static void settle()
    {
        for (int i = 0; i < 5; ++i) {
            QCoreApplication::processEvents();
        }
    }
    template <typename T> [[nodiscard]] T& part() const { return *findChild<T*>(); }
};

void keep(QWidget& widget, const QString& name, qreal scale = 1)
{
    const QString folder = qEnvironmentVariable("CUPEL_SHOTS");
    if (folder.isEmpty()) {
        return;
    }
    Window::settle();
    QPixmap picture(widget.size() * scale);
    picture.setDevicePixelRatio(scale);
    picture.fill(color(Token::Window));
    widget.render(&picture);
    QDir().mkpath(folder);
    picture.save(QStringLiteral("%1/%2@%3x.png").arg(folder, name).arg(scale));
}

} // namespace

class FindingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { installStyle(*qApp); }
    void cleanup()
    {
        setTheme(ThemeName::Light);
        setTextZoom(1);
    }

    void arrowsMoveAndEnterOpens()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        window.list->takeFocus();
        QSignalSpy intents(window.list, &View::intent);
        auto& tree = window.part<FindingTree>();
        QVERIFY(tree.hasFocus());
        QVERIFY(!window.state.current());
        QTest::keyClick(&tree, Qt::Key_Down); // from the group to its first finding
        QVERIFY(window.state.current());
        QCOMPARE(window.state.finding(*window.state.current())->rule, std::string("CUP-SEC-AWS-ACCESS-KEY"));
        QTest::keyClick(&tree, Qt::Key_Return);
        QCOMPARE(intents.size(), 1);
        QVERIFY(intents.front().front().value<Intent>().kind == Intent::Kind::FocusCanvas);
        // Elsewhere somebody goes on: the list follows.
        window.state.next();
        QCOMPARE(tree.currentIndex(), tree.rows().indexOf(*window.state.current()));
    }

    void groupsFoldAndStayFolded()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        auto& tree = window.part<FindingTree>();
        const auto high = [&] { return tree.model()->index(1, 0); };
        QCOMPARE(high().data().toString(), QStringLiteral("High"));
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.visualRect(high()).center());
        QVERIFY(!tree.isExpanded(high()));
        window.state.insert(
            {test::makeAnalysis("work/zoo.py", {{"CUP-SEC-X", Severity::High}, {"CUP-SEC-Y", Severity::Low}})});
        Window::settle();
        QVERIFY(!tree.isExpanded(high()));
        QVERIFY(tree.isExpanded(tree.model()->index(0, 0)));
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.visualRect(high()).center());
        QVERIFY(tree.isExpanded(high()));
    }

    void aClickChoosesAndStreamingDoesNot()
    {
        Window window;
        window.state.insert({reviewed()[1]});
        window.open();
        window.state.insert({reviewed()[0]});
        Window::settle();
        QVERIFY(!window.state.current());
        auto& tree = window.part<FindingTree>();
        const QModelIndex row = tree.rows().indexOf({"work/train.py", 0});
        QTest::mouseClick(tree.viewport(), Qt::LeftButton, {}, tree.visualRect(row).center());
        QCOMPARE(*window.state.current(), (FindingRef{"work/train.py", 0}));
        window.state.remove({"work/train.py"});
        Window::settle();
        QVERIFY(!window.state.current());
    }

    void typingFiltersAndEscapeClears()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        window.list->focusFilter();
        auto& field = window.part<FilterField>();
        QTest::keyClicks(&field, QStringLiteral("sev>=high"));
        QCOMPARE(window.state.visible().size(), std::size_t{3});
        QVERIFY(!field.property("invalid").toBool());
        QTest::keyClicks(&field, QStringLiteral(" rool:x"));
        QVERIFY(field.property("invalid").toBool());
        QCOMPARE(window.state.visible().size(), std::size_t{3});
        Window::settle();
        keep(window, QStringLiteral("findings-invalid"), 2);
        QTest::keyClick(&field, Qt::Key_Escape); // an open completion first
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        QCOMPARE(window.state.visible().size(), std::size_t{6});
        QTest::keyClick(&field, Qt::Key_Return);
        QCOMPARE(window.focusWidget(), &window.part<FindingTree>()); // a closed popup leaves no window active offscreen
        QVERIFY(!window.state.current());
        window.state.setGrouping(Grouping::File);
        field.setText(QStringLiteral("sev>=high"));
        QTest::keyClick(&field, Qt::Key_Return); // the first, not the head of its group
        QVERIFY(window.state.current() && *window.state.current() == window.state.visible().front());
    }

    void undoStillWorksWhileTextIsColoured()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        auto& field = window.part<FilterField>();
        window.list->focusFilter();
        QTest::keyClicks(&field, QStringLiteral("sev>=low word"));
        QCOMPARE(field.text(), QStringLiteral("sev>=low word"));
        field.undo();
        QVERIFY(field.text() != QStringLiteral("sev>=low word"));
        field.redo();
        QCOMPARE(field.text(), QStringLiteral("sev>=low word"));
    }

    void completionTakesAKeyThenItsValue()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        auto& field = window.part<FilterField>();
        window.list->focusFilter();
        QTest::keyClicks(&field, QStringLiteral("se"));
        auto* popup = field.findChild<QCompleter*>() != nullptr ? field.findChild<QCompleter*>()->popup() : nullptr;
        if (popup == nullptr) {
            popup = qobject_cast<QAbstractItemView*>(QApplication::activePopupWidget());
        }
        QVERIFY(popup != nullptr && popup->isVisible());
        keep(*popup, QStringLiteral("findings-completion"), 2);
        QTest::keyClick(popup, Qt::Key_Tab);
        QCOMPARE(field.text(), QStringLiteral("sev>="));
        QTest::keyClick(popup, Qt::Key_Tab);
        QCOMPARE(field.text(), QStringLiteral("sev>=critical"));
        QCOMPARE(window.state.visible().size(), std::size_t{1});
    }

    void chipsAddAndTakeTerms()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        const auto chips = window.part<FilterChips>().findChildren<Chip*>();
        QCOMPARE(chips.size(), 5);
        QVERIFY(chips[4]->isHidden()); // “Open”: nothing was decided
        QCOMPARE(chips[0]->text(), QStringLiteral("All 6"));
        QCOMPARE(chips[1]->text(), QStringLiteral("Certain or likely 5"));
        QCOMPARE(chips[2]->text(), QStringLiteral("High+ 3"));
        QCOMPARE(chips[3]->text(), QStringLiteral("Current file 5"));
        QTest::mouseClick(chips[2], Qt::LeftButton);
        QTest::mouseClick(chips[3], Qt::LeftButton);
        QCOMPARE(window.state.query(), QStringLiteral("sev>=high file=work/notebooks/churn-model.ipynb"));
        QCOMPARE(window.state.visible().size(), std::size_t{2});
        QVERIFY(chips[2]->isChecked() && chips[3]->isChecked() && !chips[0]->isChecked());
        QTest::mouseClick(chips[2], Qt::LeftButton);
        QVERIFY(!chips[2]->isChecked());
        QTest::mouseClick(chips[0], Qt::LeftButton);
        QVERIFY(window.state.query().isEmpty());
        QVERIFY(chips[0]->isChecked());
        QTest::mouseClick(chips[0], Qt::LeftButton);
        QVERIFY(chips[0]->isChecked());
    }

    void emptyStatesSayWhatIsTrue()
    {
        Window window;
        window.open();
        const auto shown = [&]() -> QString {
            for (const StateCard* card : window.list->findChildren<StateCard*>()) {
                if (card->isVisible()) {
                    return card->accessibleName();
                }
            }
            return {};
        };
        window.state.setRoots({});
        Window::settle();
        QCOMPARE(shown(), QStringLiteral("No notebook open. Open a file or drop one here."));
        window.state.setRoots({"work"}); // opened, but nothing in it
        Window::settle();
        QCOMPARE(shown(), QStringLiteral("Nothing to check here. There is no file in it, or all are left out."));
        keep(window, QStringLiteral("findings-nothing"));
        window.state.setScanning(true);
        Window::settle();
        QCOMPARE(shown(), QStringLiteral("No findings so far. The scan is still running."));
        window.state.setScanning(false);
        auto clean = std::make_shared<Analysis>(*test::makeAnalysis("work/a.py", {}));
        clean->rulesRun = 212;
        window.state.insert({clean});
        Window::settle();
        QCOMPARE(shown(), QStringLiteral("No findings. 1 of 1 files checked with 212 rules."));
        keep(window, QStringLiteral("findings-clean"));
        auto partial = std::make_shared<Analysis>(*clean);
        partial->facts.status = ReadStatus::Partial;
        window.state.insert({partial});
        Window::settle();
        QCOMPARE(shown(),
            QStringLiteral("No findings, but one file was not read completely. 0 of 1 files checked with 212 rules."));
        keep(window, QStringLiteral("findings-partial"));
        window.state.insert(reviewed());
        window.state.setQuery(QStringLiteral("sev>=high rule:PII"));
        Window::settle();
        QCOMPARE(shown(), QStringLiteral("0 of 6 findings match. sev>=high rule:PII"));
        keep(window, QStringLiteral("findings-filtered"));
        for (const StateCard* card : window.list->findChildren<StateCard*>()) {
            if (card->isVisible()) {
                QTest::mouseClick(card->button(), Qt::LeftButton);
            }
        }
        Window::settle();
        QVERIFY(window.state.query().isEmpty());
        QVERIFY(shown().isEmpty());
    }

    void theInspectorFollows()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        window.state.next();
        Window::settle();
        const auto& tabs = window.part<QTabBar>();
        QVERIFY(tabs.count() >= 2);
        QCOMPARE(tabs.tabText(1), QStringLiteral("Evidence 3"));
        QSignalSpy places(window.inspector, &FindingInspector::locationActivated);
        const auto links = window.inspector->findChildren<LinkButton*>();
        QCOMPARE(links.size(), 2); // the check has no place
        QTest::mouseClick(links.front(), Qt::LeftButton);
        QCOMPARE(places.size(), 1);
        QCOMPARE(*places.front().front().value<Location>().cell, 9U);
        window.state.setCurrent({});
        Window::settle();
        QVERIFY(!tabs.isVisible());
    }

    void realFindingsHaveAllParts()
    {
        Window window;
        window.state.setRoots({"churn"});
        window.state.insert(
            {sample(QStringLiteral("notebooks/01-explore-churn.ipynb")), sample(QStringLiteral("config/service.env"))});
        window.open(900);
        QVERIFY(window.state.total() >= 5);
        const std::size_t count = window.state.visible().size();
        const auto& tabs = window.part<QTabBar>();
        for (std::size_t i = 0; i < count; ++i) {
            window.state.next();
            Window::settle();
            QCOMPARE(tabs.tabText(0), QStringLiteral("What"));
            QVERIFY(tabs.tabText(1).startsWith(QStringLiteral("Evidence")));
            QVERIFY(tabs.count() >= 3);
            QVERIFY(tabs.height() >= tabs.sizeHint().height());
            if (i == 0) {
                keep(window, QStringLiteral("findings-real"), 2);
            }
        }
        for (const Grouping grouping : {Grouping::File, Grouping::Rule, Grouping::Cell, Grouping::None}) {
            window.state.setGrouping(grouping);
            Window::settle();
            keep(window, QStringLiteral("findings-group-%1").arg(static_cast<int>(grouping)));
        }
    }

    void tabsJumpAndFollowTheScroll()
    {
        Window window;
        window.state.insert({sample(QStringLiteral("notebooks/01-explore-churn.ipynb"))});
        window.open(420);
        window.state.next();
        Window::settle();
        auto& tabs = window.part<QTabBar>();
        const QScrollBar* bar = window.part<InspectorPage>().verticalScrollBar();
        QVERIFY(bar->maximum() > 0);
        for (const int tab : {tabs.count() - 1, 1, 0}) {
            QTest::mouseClick(&tabs, Qt::LeftButton, {}, tabs.tabRect(tab).center());
            Window::settle();
            QCOMPARE(tabs.currentIndex(), tab);
            QVERIFY(tab == 0 ? bar->value() == 0 : bar->value() > 0);
        }
        QTest::keyClick(&window.part<InspectorPage>(), Qt::Key_End);
        window.part<InspectorPage>().verticalScrollBar()->setValue(bar->maximum());
        QCOMPARE(tabs.currentIndex(), tabs.count() - 1);
    }

    void manyPiecesOfEvidenceComeOnDemand()
    {
        Window window;
        auto many = std::make_shared<Analysis>(*reviewed().front());
        Finding& finding = many->findings.front();
        finding.evidence.assign(500, finding.evidence.front());
        for (std::size_t i = 0; i < finding.evidence.size(); ++i) {
            finding.evidence[i].excerpt = "line " + std::to_string(i);
        }
        window.state.insert({many});
        window.open();
        window.state.setCurrent(FindingRef{many->artifact.path, 0});
        Window::settle();
        QCOMPARE(window.inspector->findChildren<EvidenceRow*>().size(), 12);
        for (QPushButton* button : window.inspector->findChildren<QPushButton*>()) {
            if (button->text() == QStringLiteral("Show 488 more")) {
                QTest::mouseClick(button, Qt::LeftButton);
            }
        }
        QCOMPARE(window.inspector->findChildren<EvidenceRow*>().size(), 500);
    }

    void placesThatReadTheSameAreOneRow()
    {
        Finding finding;
        Evidence match{"match", {}, "import a, b"};
        match.location.human = "cell 1, line 2";
        Evidence other = match;
        other.location.human = "cell 1, line 3";
        finding.evidence = {match, match, other, match, Evidence{"check", {}, "fine"}, Evidence{"check", {}, "fine"}};
        const auto lines = evidenceLines(finding);
        QCOMPARE(lines.size(), 4U); // what has no place stays as it is
        QCOMPARE(lines[0].places, 3);
        QCOMPARE(lines[1].evidence->location.human, other.location.human);
    }

    void nothingFocusableIsWithoutName()
    {
        Window window;
        window.state.insert(reviewed());
        window.open();
        window.state.next();
        Window::settle();
        for (QWidget* widget : window.findChildren<QWidget*>()) {
            if (!widget->isVisible() || widget->focusPolicy() == Qt::NoFocus) {
                continue;
            }
            const QAccessibleInterface* interface = QAccessible::queryAccessibleInterface(widget);
            QVERIFY(interface != nullptr);
            const QString name = interface->text(QAccessible::Name);
            QVERIFY2(!name.isEmpty(), widget->metaObject()->className());
        }
        QAccessibleInterface* tree = QAccessible::queryAccessibleInterface(&window.part<FindingTree>());
        QVERIFY(tree->childCount() > 6);
        for (int i = 0; i < tree->childCount(); ++i) {
            QVERIFY(!tree->child(i)->text(QAccessible::Name).isEmpty());
        }
    }

    void pictures_data()
    {
        QTest::addColumn<int>("theme");
        QTest::addColumn<double>("zoom");
        QTest::addColumn<int>("width");
        QTest::addColumn<double>("scale");
        const char* themes[] = {"light", "dark", "contrast-light", "contrast-dark"};
        for (int theme = 0; theme < 4; ++theme) {
            QTest::newRow(themes[theme]) << theme << 1.0 << 320 << 1.0;
        }
        QTest::newRow("light-2x") << 0 << 1.0 << 320 << 2.0;
        QTest::newRow("dark-2x") << 1 << 1.0 << 320 << 2.0;
        QTest::newRow("zoom-075") << 0 << 0.75 << 320 << 2.0;
        QTest::newRow("zoom-200") << 0 << 2.0 << 360 << 1.0;
        QTest::newRow("narrow") << 0 << 1.0 << 220 << 1.0;
    }
    void pictures()
    {
        QFETCH(int, theme);
        QFETCH(double, zoom);
        QFETCH(int, width);
        QFETCH(double, scale);
        Window window(width, width + 40);
        window.state.insert(reviewed());
        window.state.setQuery(QStringLiteral("sev>=info -part:metadata"));
        window.open();
        setTheme(static_cast<ThemeName>(theme));
        setTextZoom(zoom);
        window.state.next();
        Window::settle();
        for (const FindingTree* tree : window.findChildren<FindingTree*>()) {
            QVERIFY(tree->horizontalScrollBar() == nullptr || !tree->horizontalScrollBar()->isVisible());
        }
        keep(window, QStringLiteral("findings-") + QLatin1String(QTest::currentDataTag()), scale);
    }
};

QTEST_MAIN(FindingsTest)
#include "tst_findings.moc"
