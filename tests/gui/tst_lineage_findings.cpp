// SPDX-License-Identifier: GPL-3.0-or-later
// Findings of lineage on the drawing: with the real engine, over two files that only together show a way.
#include "lineage_bench.h"

#include "analyzers/engine/lineage_folder.h"
#include "widgets/lineage/lineage_navigator.h"
#include "widgets/models/lineage_words.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>
#include <QtWidgets/QLineEdit>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::widgets;
using cupel::test::part;
using cupel::test::stateOf;
using cupel::test::Workbench;

class LineageFindingsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void findingsOfLineageAreDrawn();
    void leaksAreDrawnOnWhatLeaks();

private:
    void write(const char* name, const QByteArray& bytes) const
    {
        QFile file(path(name));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
    }
    [[nodiscard]] QString path(const char* name) const { return m_folder.filePath(QString::fromLatin1(name)); }
    QTemporaryDir m_folder;
};

// What only two files show together stands on the script that loads, on the variable of that line, and is filtered.
void LineageFindingsTest::findingsOfLineageAreDrawn()
{
    QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkpath(QStringLiteral("flows")));
    write("flows/fetch.py",
        "from urllib.request import urlretrieve\nurlretrieve('https://models.example.org/oak.pt', 'oak.pt')\n");
    write("flows/load.py", "import torch\noak = torch.load('oak.pt')\nother = 1\n");
    Workbench bench(path("home-flows"));
    bench.session.lineage().setMaker([](const std::vector<std::string>& paths, Budget& budget) {
        return engine::lineageOf(paths, engine::LineageOptions{}, budget);
    });
    bench.window.open({OpenTarget{path("flows"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
    QVERIFY(QTest::qWaitFor([&] { return stateOf(bench).how() == LineageState::How::Ready; }, 20'000));
    const auto& source = *stateOf(bench).reading()->source;
    bool variable = false;
    bool cell = false;
    for (std::size_t i = 0; i < source.graph->nodes.size(); ++i) {
        const auto& node = source.graph->nodes[i];
        const bool high = source.signs[i] == Severity::High;
        QVERIFY(!high || (source.traits[i] & bit(LineageTrait::Findings)) != 0);
        variable = variable || (high && node.label == "oak");
        cell = cell || (high && node.kind == lineage::NodeKind::Cell);
    }
    QVERIFY(variable && cell);
    // As in the filter of the review; what is no key says so below the field.
    auto* navigator = part<LineageNavigator>(bench);
    for (const auto& query : {QStringLiteral("severity:high"), QStringLiteral("sev>=high")}) {
        navigator->search()->setText(query);
        const auto found = stateOf(bench).found();
        QVERIFY(std::count(found.begin(), found.end(), true) > 0);
        QVERIFY(navigator->trouble().isEmpty());
    }
    navigator->search()->setText(QStringLiteral("seriousness:high"));
    QVERIFY(navigator->trouble().contains(QStringLiteral("severity")));
}

// A leak that a rule of code tells stands on what it is about, not only on its cell.
void LineageFindingsTest::leaksAreDrawnOnWhatLeaks()
{
    QVERIFY(m_folder.isValid() && QDir(m_folder.path()).mkpath(QStringLiteral("leaks")));
    write("leaks/leak.py",
        "import pandas as pd\nfrom sklearn.model_selection import train_test_split\n"
        "from sklearn.preprocessing import StandardScaler\nfrom sklearn.linear_model import LogisticRegression\n"
        "df = pd.read_csv('a.csv')\nX = df[['a', 'b']]\ny = df['y']\nscaler = StandardScaler()\n"
        "X = scaler.fit_transform(X)\n"
        "X_train, X_test, y_train, y_test = train_test_split(X, y, random_state=1)\n"
        "model = LogisticRegression()\nmodel.fit(X_train, y_train)\nprint(model.score(X_test, y_test))\n");
    Workbench bench(path("home-leaks"));
    bench.session.lineage().setMaker([](const std::vector<std::string>& paths, Budget& budget) {
        return engine::lineageOf(paths, engine::LineageOptions{}, budget);
    });
    bench.window.open({OpenTarget{path("leaks"), {}, {}, {}}});
    QVERIFY(bench.waitForScan());
    QTest::keyClick(&bench.window, Qt::Key_4, Qt::ControlModifier);
    QVERIFY(QTest::qWaitFor([&] { return stateOf(bench).how() == LineageState::How::Ready; }, 20'000));
    const auto& source = *stateOf(bench).reading()->source;
    QStringList marked;
    for (std::size_t i = 0; i < source.graph->nodes.size(); ++i) {
        const auto& node = source.graph->nodes[i];
        if (source.signs[i] && node.kind != lineage::NodeKind::Cell) {
            marked += QString::fromStdString(node.label);
        }
    }
    // What the split gives, where the rule tells it, and what was fitted before with what that made.
    for (const auto* name : {"X_train", "X", "scaler"}) {
        QVERIFY2(marked.contains(QString::fromLatin1(name)), qPrintable(marked.join(u',')));
    }
    QVERIFY(!marked.contains(QStringLiteral("df")) && !marked.contains(QStringLiteral("model")));
}

QTEST_MAIN(LineageFindingsTest)
#include "tst_lineage_findings.moc"
