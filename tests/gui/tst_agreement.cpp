// SPDX-License-Identifier: GPL-3.0-or-later
// Window, engine and command line say the same about the same files: which findings, in which order, where, how bad,
// and what could not be read.
#include "tests/gui/canary_project.h"

#include "analyzers/engine/scan.h"
#include "app/session/session.h"
#include "app/settings/saver.h"

#include <QtCore/QDir>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QProcess>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

using namespace cupel;
using namespace cupel::app;
using namespace cupel::test;

namespace {

QString text(std::string_view bytes)
{
    return QString::fromUtf8(bytes.data(), static_cast<qsizetype>(bytes.size()));
}

QString number(const std::optional<std::uint32_t>& value)
{
    return value ? QString::number(*value) : QStringLiteral("-");
}

// One line per finding; the same words from all three.
QString line(const Finding& finding)
{
    const Location& place = finding.location;
    return QStringList{text(place.artifact), text(finding.rule), text(toString(finding.severity)),
        text(toString(finding.confidence)), text(finding.title), text(finding.message), text(finding.fingerprint),
        QString::number(place.bytes.start), QString::number(place.bytes.end), QString::number(place.line),
        QString::number(place.column), number(place.cell), number(place.codeCell), number(place.cellLine),
        number(place.output), text(toString(place.part)), text(place.human), QString::number(finding.evidence.size())}
        .join(u'|');
}

QString line(const QJsonObject& finding)
{
    const QJsonObject place = finding[u"location"].toObject();
    const auto at = [&place](QStringView key, const QString& none) {
        return place[key].isNull() ? none : QString::number(place[key].toInteger(-1));
    };
    const QString zero = QStringLiteral("0");
    const QString dash = QStringLiteral("-");
    return QStringList{finding[u"artifact"].toString(), finding[u"rule"].toString(), finding[u"severity"].toString(),
        finding[u"confidence"].toString(), finding[u"title"].toString(), finding[u"message"].toString(),
        finding[u"fingerprint"].toString(), at(u"start", zero), at(u"end", zero), at(u"line", zero),
        at(u"column", zero), at(u"cell", dash), at(u"codeCell", dash), at(u"cellLine", dash), at(u"output", dash),
        place[u"part"].toString(), place[u"human"].toString(), QString::number(finding[u"evidence"].toArray().size())}
        .join(u'|');
}

QString line(const Analysis& analysis)
{
    return QStringList{text(analysis.artifact.path), text(toHex(analysis.artifact.sha256)),
        analysis.facts.format.empty() ? QStringLiteral("unknown") : text(analysis.facts.format),
        QString::number(analysis.size), text(analysis.artifact.parent), text(toString(analysis.facts.status)),
        QString::number(analysis.facts.coverage.understood), QString::number(analysis.facts.coverage.total),
        QString::number(analysis.allowed.size())}
        .join(u'|');
}

QString artifactLine(const QJsonObject& artifact)
{
    const QJsonObject coverage = artifact[u"coverage"].toObject();
    const QString digest = artifact[u"sha256"].toString();
    return QStringList{artifact[u"path"].toString(), digest.isEmpty() ? QString(64, u'0') : digest,
        artifact[u"format"].toString(), QString::number(artifact[u"bytes"].toInteger()), artifact[u"parent"].toString(),
        artifact[u"status"].toString(), QString::number(coverage[u"understood"].toInteger()),
        QString::number(coverage[u"total"].toInteger()), QString::number(artifact[u"allowed"].toInteger())}
        .join(u'|');
}

struct Said {
    QStringList artifacts;
    QStringList findings;
    QStringList diagnostics;
    QList<qint64> bySeverity; // info first
    bool incomplete = false;
};

Said saidBy(const Workspace& workspace)
{
    Said said;
    for (const auto& [path, analysis] : workspace.analyses) {
        said.artifacts += line(*analysis);
        for (const Finding& finding : analysis->findings) {
            said.findings += line(finding);
        }
        for (const Diagnostic& diagnostic : analysis->facts.diagnostics) {
            said.diagnostics += text(path) + u'|' + text(diagnostic.code);
        }
    }
    const Summary summary = summarize(workspace);
    for (const std::uint64_t count : summary.bySeverity) {
        said.bySeverity += static_cast<qint64>(count);
    }
    said.incomplete = summary.incomplete;
    return said;
}

Said saidBy(const QJsonObject& document)
{
    Said said;
    for (const QJsonValue& one : document[u"artifacts"].toArray()) {
        said.artifacts += artifactLine(one.toObject());
    }
    for (const QJsonValue& one : document[u"findings"].toArray()) {
        said.findings += line(one.toObject());
    }
    for (const QJsonValue& one : document[u"diagnostics"].toArray()) {
        said.diagnostics += one.toObject()[u"artifact"].toString() + u'|' + one.toObject()[u"code"].toString();
    }
    for (const char* name : {"info", "low", "medium", "high", "critical"}) {
        said.bySeverity += document[u"summary"].toObject()[QLatin1String(name)].toInteger(-1);
    }
    said.incomplete = document[u"incomplete"].toBool();
    return said;
}

struct Shape {
    const char* name;
    std::vector<std::pair<std::string, std::string>> files;
};

std::vector<Shape> shapes()
{
    const auto project = canaryProject();
    std::string notebook;
    std::string script;
    for (const auto& [name, bytes] : project.files) {
        notebook = name == "churn.ipynb" ? bytes : notebook;
        script = name == "train.py" ? bytes : script;
    }
    std::string noise;
    for (int i = 0; i < 20'000; ++i) {
        noise += static_cast<char>(i * 7 + i / 251);
    }
    auto doubled = notebook;
    doubled.insert(doubled.find("\"nbformat\""), "\"nbformat\": \"four\", ");
    return {
        {"everything", project.files},
        {"notebook", {{"a.ipynb", notebook}}},
        {"cut in the middle", {{"a.ipynb", notebook.substr(0, notebook.size() / 2)}}},
        {"cut in a string", {{"a.ipynb", notebook.substr(0, notebook.find("ghp_") + 60)}}},
        {"rubbish behind", {{"a.ipynb", notebook + "}}]] \xff\xfe rest"}}},
        {"key twice", {{"a.ipynb", doubled}}},
        {"not what it says", {{"a.ipynb", script}, {"b.py", notebook}, {"c.zip", notebook}, {"d", notebook}}},
        {"percent script", {{"a.py", script}}},
        {"script in UTF-16", {{"a.py", utf16Of("# %%\npassword = 'Zq8rT2vKd93hfU21'\n")}}},
        {"notebook in UTF-16", {{"a.ipynb", utf16Of(R"({"cells": [], "metadata": {}, "nbformat": 4})")}}},
        {"notebook with a byte order mark", {{"a.ipynb", "\xef\xbb\xbf" + notebook}}},
        {"lines of Windows", {{"a.py", "# %%\r\nx = 1\r\npassword = 'Zq8rT2vKd93hfU21'\r\n"}}},
        {"empty files", {{"a.ipynb", ""}, {"b.py", ""}, {"c.zip", ""}, {"d.txt", " \n"}}},
        {"archive", {{"a.zip", zipOf("x/a.ipynb", notebook)}}},
        {"archive in an archive", {{"a.zip", zipOf("b.zip", zipOf("c.py", script))}}},
        {"cut archive", {{"a.zip", zipOf("x/a.ipynb", notebook).substr(0, notebook.size())}}},
        {"noise", {{"a.ipynb", noise}, {"b.pkl", noise}, {"c.py", noise}}},
        {"old notebook",
            {{"a.ipynb",
                R"({"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": [)"
                R"({"cell_type": "code", "input": ["password = 'Zq8rT2vKd93hfU21'"], "outputs": []}]}]})"}}},
        {"names",
            {{"ä ö.py", script}, {"-f.py", script}, {"new\nline.py", script},
                {"sub/deep/.env", "password=Zq8rT2vKd93hfU21\n"}}},
    };
}

} // namespace

class AgreementTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void all_data();
    void all();

private:
    QTemporaryDir m_folder;
    std::vector<Shape> m_shapes = shapes();
};

void AgreementTest::all_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<bool>("speaks"); // at least one finding or diagnostic is expected
    QTest::newRow("sample") << QStringLiteral(CUPEL_SOURCE_DIR "/resources/samples/churn") << true;
    for (std::size_t i = 0; i < m_shapes.size(); ++i) {
        const QString folder = m_folder.filePath(QStringLiteral("shape%1").arg(i));
        for (const auto& [name, bytes] : m_shapes[i].files) {
            const QString path = folder + u'/' + QString::fromStdString(name);
            QDir().mkpath(QFileInfo(path).path());
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            file.write(bytes.data(), static_cast<qint64>(bytes.size()));
        }
        const bool speaks = m_shapes[i].name != std::string_view("notebook in UTF-16");
        QTest::newRow(m_shapes[i].name) << folder << speaks;
    }
}

void AgreementTest::all()
{
    QFETCH(QString, path);
    QFETCH(bool, speaks);
    const Workspace workspace = engine::scanAll({path.toStdString()}, {});
    const Said engine = saidBy(workspace);
    QVERIFY(!engine.artifacts.isEmpty());
    QVERIFY(!speaks || !engine.findings.isEmpty() || !engine.diagnostics.isEmpty());

    Saver saver;
    const Paths paths = portablePaths(m_folder.filePath(QStringLiteral("data")));
    Settings settings(paths.settingsFile(), saver);
    Session session(settings, saver, paths);
    session.open({OpenTarget{path, {}, {}, {}}});
    QVERIFY(QTest::qWaitFor([&session] { return !session.busy(); }, 60'000));
    widgets::ReviewState& review = session.review();
    const Said window = saidBy(review.workspace());
    QCOMPARE(window.artifacts, engine.artifacts);
    QCOMPARE(window.findings, engine.findings);
    QCOMPARE(window.diagnostics, engine.diagnostics);
    QCOMPARE(review.total(), static_cast<std::size_t>(engine.findings.size()));
    QCOMPARE(session.partial(), engine.incomplete);
    for (std::size_t i = 0; i < 5; ++i) {
        QCOMPARE(static_cast<qint64>(session.coverage().bySeverity[i]), engine.bySeverity[static_cast<qsizetype>(i)]);
    }
    // The flat list is the engine's order; every grouping shows each finding once.
    for (const auto grouping : {widgets::Grouping::None, widgets::Grouping::Severity, widgets::Grouping::File,
             widgets::Grouping::Rule, widgets::Grouping::Cell}) {
        review.setGrouping(grouping);
        QStringList listed;
        for (const widgets::FindingRef& ref : review.visible()) {
            const Finding* finding = review.finding(ref);
            QVERIFY(finding);
            listed += line(*finding);
        }
        QStringList expected = engine.findings;
        if (grouping != widgets::Grouping::None) {
            listed.sort();
            expected.sort();
        }
        QCOMPARE(listed, expected);
    }

    QProcess cupel;
    cupel.start(QStringLiteral(CUPEL_BINARY_DIR "/bin/cupel"),
        {QStringLiteral("scan"), QStringLiteral("--progress"), QStringLiteral("none"), QStringLiteral("-f"),
            QStringLiteral("json"), QStringLiteral("--"), path});
    QVERIFY(cupel.waitForStarted() && cupel.waitForFinished(60'000));
    const QJsonDocument document = QJsonDocument::fromJson(cupel.readAllStandardOutput());
    QVERIFY2(document.isObject(), cupel.readAllStandardError().constData());
    const Said command = saidBy(document.object());
    QCOMPARE(command.artifacts, engine.artifacts);
    QCOMPARE(command.findings, engine.findings);
    QCOMPARE(command.diagnostics, engine.diagnostics);
    QCOMPARE(command.bySeverity, engine.bySeverity);
    QCOMPARE(command.incomplete, engine.incomplete);
}

QTEST_MAIN(AgreementTest)

#include "tst_agreement.moc"
