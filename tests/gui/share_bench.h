// SPDX-License-Identifier: GPL-3.0-or-later
// A workbench with a notebook open in Share: the first one of the sample, or another.
#pragma once

#include "shell_bench.h"

#include "app/session/fixing.h"

#include <QtCore/QFile>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QListView>

namespace cupel::test {

struct Shared {
    explicit Shared(const QString& folder,
        const QString& original = QStringLiteral(
            CUPEL_SOURCE_DIR "/resources/samples/churn/notebooks/01-explore-churn.ipynb"))
        : file(folder + QStringLiteral("/explore.ipynb"))
        , bench(folder + QStringLiteral("/data"))
    {
        opened = QFile::copy(original, file);
        bench.window.open({app::OpenTarget{file, {}, {}, {}}});
        opened = opened && bench.waitForScan();
        QTest::keyClick(&bench.window, Qt::Key_9, Qt::ControlModifier);
        opened =
            opened && QTest::qWaitFor([this] { return bench.session.fixing().state().outcome() != nullptr; }, 20'000);
        for (auto* box : bench.window.findChildren<QComboBox*>()) {
            profiles = box->accessibleName() == u"Share with" ? box : profiles;
        }
        list = bench.window.findChild<QListView*>(QStringLiteral("share.edits"));
        opened = opened && profiles && list;
    }
    QString file;
    Workbench bench;
    bool opened = false;
    QComboBox* profiles = nullptr;
    QListView* list = nullptr;
};

inline void shot(QWidget& window, const QString& name)
{
    if (const QString folder = qEnvironmentVariable("CUPEL_SHOTS"); !folder.isEmpty()) {
        QTest::qWait(50);
        (void)window.grab().save(folder + u'/' + name + QStringLiteral(".png"));
    }
}

} // namespace cupel::test
