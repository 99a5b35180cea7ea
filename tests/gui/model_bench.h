// SPDX-License-Identifier: GPL-3.0-or-later
// A folder of model files that a test writes, and a workbench that shows one of them in Model mode. A test class
// derives from it beside QObject.
#pragma once

#include "shell_bench.h"

#include "app/session/inspecting.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <string>

namespace cupel::test {

class ModelBench {
protected:
    void write(const char* name, const std::string& bytes) const
    {
        QFile file(path(name));
        QVERIFY(!bytes.empty() && file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(bytes.data(), static_cast<qint64>(bytes.size())), static_cast<qint64>(bytes.size()));
    }
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    // True: it was scanned, and Model mode shows the first model of it.
    [[nodiscard]] static bool openModel(Workbench& bench, const QString& what)
    {
        bench.window.open({app::OpenTarget{what, {}, {}, {}}});
        if (!bench.waitForScan()) {
            return false;
        }
        QTest::keyClick(&bench.window, Qt::Key_3, Qt::ControlModifier);
        auto& state = bench.session.inspecting().state();
        const bool shown = QTest::qWaitFor([&] { return state.reading() != nullptr && !bench.session.busy(); }, 20'000);
        QTest::qWait(100);
        return shown;
    }
    QTemporaryDir m_folder;
};

} // namespace cupel::test
