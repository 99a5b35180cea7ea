// SPDX-License-Identifier: GPL-3.0-or-later
// The window with a file open and its pictures collected.
#pragma once

#include "shell_bench.h"

#include "app/session/gallery.h"

namespace cupel::test {

inline bool openImages(Workbench& bench, const QString& path)
{
    bench.window.open({app::OpenTarget{path, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_8, Qt::ControlModifier);
    auto& state = bench.session.gallery().state();
    return QTest::qWaitFor([&] { return !state.collecting() && state.files() > 0; }, 20'000)
        && QTest::qWaitFor([&] { return !bench.session.busy(); }, 5'000);
}

} // namespace cupel::test
