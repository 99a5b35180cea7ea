// SPDX-License-Identifier: GPL-3.0-or-later
// What tests of Lineage mode need of a workbench: its parts, nodes by their titles, and clicks on them.
#pragma once

#include "shell_bench.h"
#include "tests/models/made_lineage.h"

#include "app/session/lineage.h"
#include "widgets/canvas/graph_canvas.h"
#include "widgets/models/lineage_words.h"

namespace cupel::test {

inline lineage::LineageGraph churn(const std::vector<std::string>&, Budget&)
{
    return madeChurn().graph;
}

inline widgets::LineageState& stateOf(Workbench& bench)
{
    return bench.session.lineage().state();
}

// Opens the folder and goes to Lineage. False: it was not ready in time.
inline bool showLineage(Workbench& bench, const QString& folder, const app::LineageMaker& make)
{
    bench.session.lineage().setMaker(make);
    bench.window.open({app::OpenTarget{folder, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return false;
    }
    QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
    const bool ready =
        QTest::qWaitFor([&] { return stateOf(bench).how() == widgets::LineageState::How::Ready; }, 20'000);
    QTest::qWait(60);
    return ready;
}

template <typename T> T* part(Workbench& bench)
{
    return bench.window.findChild<T*>();
}

inline std::uint32_t unit(Workbench& bench, const char* title)
{
    const auto& reading = *stateOf(bench).reading();
    for (std::uint32_t i = 0; i < reading.fold.nodes.size(); ++i) {
        if (widgets::titleOf(*reading.source, reading.fold.nodes[i]) == QLatin1StringView(title)) {
            return i;
        }
    }
    return lineage::none;
}

inline void click(Workbench& bench, const char* title, Qt::KeyboardModifiers with = {})
{
    auto* canvas = part<widgets::GraphCanvas>(bench);
    const auto node = unit(bench, title);
    QVERIFY2(node != lineage::none, title);
    canvas->reveal(node);
    const QPoint at = canvas->toViewport(canvas->scene()->nodes()[node].box).center().toPoint();
    QTest::mouseClick(canvas->viewport(), Qt::LeftButton, with, at);
}

} // namespace cupel::test
