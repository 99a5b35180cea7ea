// SPDX-License-Identifier: GPL-3.0-or-later
// Opens the sample, walks every mode in every theme and saves a picture of each to build/screenshots. Pictures are for
// people; the test itself only knows that none is empty.
#include "app/session/session.h"
#include "app/settings/saver.h"
#include "app/settings/settings.h"
#include "app/shell/main_window.h"
#include "app/shell/theme_controller.h"
#include "app/shell/views.h"
#include "translations/translations.h"
#include "widgets/common/style.h"
#include "widgets/models/review_state.h"

#include <QtCore/QDir>
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
    void cleanupTestCase();

private:
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
    QVERIFY(picture.save(folder.filePath(mode + u'-' + theme + scale + QStringLiteral(".png"))));
}

void Tour::cleanupTestCase()
{
    m_window.reset();
    m_theme.reset();
    m_session.reset();
}

QTEST_MAIN(Tour)
#include "tour.moc"
