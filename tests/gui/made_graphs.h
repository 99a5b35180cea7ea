// SPDX-License-Identifier: GPL-3.0-or-later
// Made ONNX files, and the window with the graph of one on screen.
#pragma once

#include "shell_bench.h"
#include "tests/unit/proto_bytes.h"

#include "app/session/inspecting.h"
#include "widgets/model/graph_page.h"
#include "widgets/model/model_view.h"

#include <QtTest/QTest>
#include <QtWidgets/QTabBar>

#include <string>
#include <vector>

namespace cupel::test {

inline std::string operation(const std::string& type, const std::string& name, const std::vector<std::string>& inputs,
    const std::string& output, const std::string& domain = {})
{
    std::string out;
    for (const auto& input : inputs) {
        out += field(1, input);
    }
    out += field(2, output) + field(3, name) + field(4, type);
    return field(1, domain.empty() ? out : out + field(7, domain));
}

inline std::string model(const std::string& nodes, const std::string& last)
{
    const std::string graph = nodes + field(2, "made") + field(11, field(1, "x")) + field(12, field(1, last));
    return number(1, 8) + field(7, graph) + field(8, number(2, 17));
}

inline std::string longModel(int blocks)
{
    std::string nodes;
    std::string before = "x";
    for (int i = 0; i < blocks; ++i) {
        const std::string name = "stage_" + std::to_string(i / 25) + "/block_" + std::to_string(i) + '/';
        nodes += operation("Conv", name + "conv", {before}, name + "a")
            + operation("Relu", name + "relu", {name + "a"}, name + "b")
            + operation("Conv", name + "side", {before}, name + "c")
            + operation("Add", name + "add", {name + "b", name + "c"}, name + "d");
        before = name + "d";
    }
    return model(nodes, before);
}

// The tab is shown, and the graph is there. Null: it did not come.
inline widgets::GraphPage* openGraph(Workbench& bench, const QString& what)
{
    bench.window.open({app::OpenTarget{what, {}, {}, {}}});
    if (!bench.waitForScan()) {
        return nullptr;
    }
    QTest::keyClick(&bench.window, Qt::Key_3, Qt::ControlModifier);
    auto& state = bench.session.inspecting().state();
    if (!QTest::qWaitFor([&] { return state.reading() != nullptr && !bench.session.busy(); }, 20'000)) {
        return nullptr;
    }
    auto* view = bench.window.findChild<widgets::ModelView*>();
    for (int tab = 0; tab < view->tabs()->count(); ++tab) {
        if (view->tabs()->tabText(tab) == QStringLiteral("Graph")) {
            view->tabs()->setCurrentIndex(tab);
        }
    }
    const bool drawn =
        QTest::qWaitFor([&] { return state.graphState() == widgets::ModelState::GraphState::Ready; }, 20'000);
    QTest::qWait(50);
    return drawn ? view->graph() : nullptr;
}

} // namespace cupel::test
