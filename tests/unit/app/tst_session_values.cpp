// SPDX-License-Identifier: GPL-3.0-or-later
// Values of the session: places on the command line, deep links, state, recents, progress, Markdown.
#include "analyzers/base/checksums.h"
#include "analyzers/engine/analyze.h"
#include "analyzers/model/rule.h"
#include "app/session/coverage.h"
#include "app/session/decision_file.h"
#include "app/session/graph_reader.h"
#include "app/session/job.h"
#include "app/session/markdown.h"
#include "app/session/model_answers.h"
#include "app/session/model_reader.h"
#include "app/session/open_target.h"
#include "app/session/recents.h"
#include "app/session/session_state.h"
#include "app/shell/command_line.h"
#include "app/shell/history.h"
#include "tests/unit/rules/made.h"

#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <algorithm>

using namespace cupel;
using namespace cupel::app;

class SessionValuesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void targets();
    void links();
    void commandLine();
    void stateSurvivesNonsense();
    void recentsKeepTwelve();
    void progressWords();
    void historyGoesBackAndForth();
    void markdownDoesNotBreakOut();
    void notesHoldNoCredentials();
    void answersAgreeWithCoverage();
    void answersGoByTheirOwnFindings();
    void everyByteIsShownAsWhatItIs();
    void membersHaveTheirOwnAnswers();
    void theGraphIsThatOfTheLastOfAName();
    void sumsSayOfWhat();
};

void SessionValuesTest::targets()
{
    QTemporaryDir folder;
    const QString base = folder.path();
    for (const char* name : {"a.ipynb", "odd:3"}) {
        QFile file(base + u'/' + QString::fromUtf8(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
    }
    const auto at = [&base](const char* text) { return parseTarget(QString::fromUtf8(text), base); };
    QCOMPARE(at("a.ipynb"), (OpenTarget{base + QStringLiteral("/a.ipynb"), {}, {}, {}}));
    QCOMPARE(at("a.ipynb:4"), (OpenTarget{base + QStringLiteral("/a.ipynb"), 4U, {}, {}}));
    QCOMPARE(at("a.ipynb:4:2"), (OpenTarget{base + QStringLiteral("/a.ipynb"), 4U, 2U, {}}));
    QCOMPARE(at("odd:3"), (OpenTarget{base + QStringLiteral("/odd:3"), {}, {}, {}})); // a real name wins
    QCOMPARE(at("odd:3:7").path, base + QStringLiteral("/odd:3"));
    QCOMPARE(at("gone.ipynb").path, base + QStringLiteral("/gone.ipynb"));
    QCOMPARE(at("../x").path, QFileInfo(base).path() + QStringLiteral("/x"));
}

void SessionValuesTest::links()
{
    const OpenTarget target{QStringLiteral("/data/a b#?ä.ipynb"), 3U, 2U, QStringLiteral("0123abcd")};
    QCOMPARE(parseTarget(deepLink(target), QStringLiteral("/")), target);
}

void SessionValuesTest::commandLine()
{
    const CommandLine line = parseCommandLine({QStringLiteral("--export=x.pdf"), QStringLiteral("--data-dir"),
        QStringLiteral("d"), QStringLiteral("a.ipynb:3"), QStringLiteral("--"), QStringLiteral("--odd")});
    QCOMPARE(line.exportPath, QStringLiteral("x.pdf"));
    QCOMPARE(line.dataFolder, QStringLiteral("d"));
    QCOMPARE(line.targets, (QStringList{QStringLiteral("a.ipynb:3"), QStringLiteral("--odd")}));
    QVERIFY(line.error.isEmpty());
    const CommandLine judged = parseCommandLine({QStringLiteral("--export=x.pdf"), QStringLiteral("--profile"),
        QStringLiteral("public"), QStringLiteral("--decisions=d.jsonl"), QStringLiteral("a.ipynb")});
    QCOMPARE(judged.profile, QStringLiteral("public"));
    QCOMPARE(judged.decisions, QStringLiteral("d.jsonl"));
    QCOMPARE(judged.targets, QStringList{QStringLiteral("a.ipynb")});
    QVERIFY(!parseCommandLine({QStringLiteral("--exprot")}).error.isEmpty());
    QVERIFY(!parseCommandLine({QStringLiteral("--export")}).error.isEmpty());
}

void SessionValuesTest::stateSurvivesNonsense()
{
    SessionState state;
    state.roots = {QStringLiteral("/a"), QStringLiteral("/b")};
    state.query = QStringLiteral("sev>=high");
    state.splitters.insert(QStringLiteral("review"), QByteArray("\x00\xff\x01", 3));
    state.tourSeen = true;
    state.shared = {{state.roots, QStringLiteral("customer")}, {{QStringLiteral("/c")}, {}}};
    const SessionState again = SessionState::fromJson(state.toJson());
    QCOMPARE(again.roots, state.roots);
    QCOMPARE(again.query, state.query);
    QCOMPARE(again.splitters, state.splitters);
    QVERIFY(again.tourSeen);
    QVERIFY(again.shared == state.shared);
    for (const char* bad : {"", "null", "[1,2", "{\"roots\":7,\"splitters\":[],\"drawerPage\":\"x\"}", "\xff\xfe"}) {
        QVERIFY(SessionState::fromJson(bad).roots.isEmpty());
    }
}

void SessionValuesTest::recentsKeepTwelve()
{
    Recents recents;
    for (int i = 0; i < 20; ++i) {
        Recent recent;
        recent.path = QStringLiteral("/n%1.ipynb").arg(i);
        recent.bySeverity = {1, 2, 3, 4, static_cast<std::uint64_t>(i)};
        recent.notJudged = QStringLiteral("code in Julia is not judged");
        recent.settled = 17;
        recents.put(recent);
    }
    QCOMPARE(recents.list().size(), Recents::capacity);
    QCOMPARE(recents.list().front().path, QStringLiteral("/n19.ipynb"));
    Recent again = recents.list().back();
    recents.put(again); // opened again: to the front, not twice
    QCOMPARE(recents.list().size(), Recents::capacity);
    recents.setReachable(QStringLiteral("/n19.ipynb"), false);
    QCOMPARE(recents.list().size(), Recents::capacity); // unreachable ones stay
    Recents other;
    other.fromJson(recents.toJson());
    QCOMPARE(other.list().size(), recents.list().size());
    QCOMPARE(other.list().front().path, recents.list().front().path);
    QCOMPARE(other.list().front().notJudged, QStringLiteral("code in Julia is not judged"));
    QCOMPARE(other.list().front().settled, std::uint64_t(17));
    other.fromJson("{\"recents\":[{},7,{\"path\":\"/x\",\"cells\":-4}]}");
    QCOMPARE(other.list().size(), std::size_t(1));
    QCOMPARE(other.list().front().cells, std::uint64_t(0));
}

void SessionValuesTest::progressWords()
{
    ProgressInput input{120, 312, 40, 100, false, 0.2};
    QVERIFY(!describeProgress(input).visible); // nothing under 300 ms
    input.elapsed = 2;
    QVERIFY(describeProgress(input).visible);
    QCOMPARE(describeProgress(input).text, QStringLiteral("Checking files 120 of 312"));
    input.elapsed = 4;
    QCOMPARE(describeProgress(input).text, QStringLiteral("Checking files 120 of 312, about 6 s left"));
    input.listing = true;
    QVERIFY(describeProgress(input).fraction < 0); // the total is not known yet
}

void SessionValuesTest::historyGoesBackAndForth()
{
    History history;
    QVERIFY(!history.back());
    history.visit({QStringLiteral("home"), {}, {}});
    history.visit({QStringLiteral("review"), "a", {}});
    history.visit({QStringLiteral("review"), "a", {}});
    history.visit({QStringLiteral("report"), {}, {}});
    QCOMPARE(history.back()->mode, QStringLiteral("review"));
    QCOMPARE(history.back()->mode, QStringLiteral("home"));
    QCOMPARE(history.forward()->mode, QStringLiteral("review"));
    history.visit({QStringLiteral("settings"), {}, {}});
    QVERIFY(!history.canGoForward());
}

void SessionValuesTest::markdownDoesNotBreakOut()
{
    Finding finding;
    finding.rule = "CUP-X";
    finding.title = "A <b>title</b> with [a link](http://x)";
    finding.message = "line\n# head";
    finding.location.artifact = "/secret/place/a`b.ipynb";
    finding.location.human = "cell 4, line 3";
    finding.evidence.push_back({"match", finding.location, "key = ``` AKIA****"});
    const QString text = findingMarkdown(finding, nullptr);
    QVERIFY(!text.contains(QStringLiteral("<b>")) || text.contains(QStringLiteral("\\<b")));
    QVERIFY(!text.contains(QStringLiteral("\n# head")));
    QVERIFY(text.contains(QStringLiteral("```` key = ``` AKIA**** ````")));
    QVERIFY(!text.contains(QStringLiteral("/secret/place")));
}

void SessionValuesTest::notesHoldNoCredentials()
{
    test::Letters letters;
    const QString token = QString::fromStdString(test::githubToken(letters));
    QVERIFY(noteTrouble({}).isEmpty());
    QVERIFY(noteTrouble(QStringLiteral("A made-up key of the course; the password was changed in May.")).isEmpty());
    QVERIFY(!noteTrouble(QStringLiteral("old token ") + token + QStringLiteral(", revoked")).isEmpty());
    QVERIFY(!noteTrouble(token + QStringLiteral("  # cupel: allow CUP-SEC-GITHUB-PAT")).isEmpty());
    QVERIFY(!noteTrouble(QString(20'000, u'x')).isEmpty());
    QVERIFY(!noteTrouble(token).contains(token));
    const QString value = QString::fromStdString("aB3" + letters.of(test::base62, 10));
    QVERIFY(!noteTrouble(QStringLiteral("password=") + value).isEmpty());
    QVERIFY(!noteTrouble(QStringLiteral("Old one, password: ") + value + QStringLiteral(", changed")).isEmpty());
    QVERIFY(!noteTrouble(QStringLiteral("password = '%1'").arg(value)).isEmpty());
    QVERIFY(!noteTrouble(QStringLiteral("host=db1 user=admin password=") + value).isEmpty());
    QVERIFY(noteTrouble(QStringLiteral("The password is read from the vault; password: see ticket 12.")).isEmpty());
}

// What the strip below the answers shows as not understood, no answer passes over.
void SessionValuesTest::answersAgreeWithCoverage()
{
    const auto about = [](ReadStatus status, Coverage coverage) {
        auto file = std::make_shared<Analysis>();
        file->artifact.path = "a.pt";
        file->facts.format = "zip";
        file->facts.status = status;
        file->facts.coverage = coverage;
        return answersAbout(file, {})[3];
    };
    const auto whole = about(ReadStatus::Complete, {321, 321});
    QVERIFY(whole.ok && whole.answer == QStringLiteral("None found"));
    const auto strange = about(ReadStatus::Partial, {0, 321});
    QCOMPARE(strange.answer, QStringLiteral("Not known"));
    QCOMPARE(strange.detail, QStringLiteral("321 B not understood"));
    QVERIFY(!strange.ok && strange.sign == Severity::Info);
    const auto doubtful = about(ReadStatus::Partial, {321, 321}); // a wrong checksum: all bytes were read
    QVERIFY(!doubtful.ok && doubtful.detail == QStringLiteral("in what was read"));
}

// A finding answers the question it is about, with its own numbers.
void SessionValuesTest::answersGoByTheirOwnFindings()
{
    const auto about = [](const char* rule, Family family, const char* detail, const char* count = "1") {
        auto file = std::make_shared<Analysis>();
        file->artifact.path = "a.bin";
        file->facts.format = "gguf";
        Finding finding;
        finding.rule = rule;
        finding.title = rule;
        finding.family = family;
        finding.severity = Severity::High;
        finding.location.artifact = "a.bin";
        finding.location.bytes = {100, 104};
        finding.arguments = {{"detail", detail}, {"count", count}};
        file->findings.push_back(std::move(finding));
        return answersAbout(file, {});
    };
    const auto archive = about("CUP-KERAS-ARCHIVE", Family::Model, "");
    QCOMPARE(archive[0].answer, QStringLiteral("None found")); // about form: nothing of it runs
    const auto trailing = about("CUP-GGUF-TRAILING", Family::Model, "260");
    QCOMPARE(trailing[0].answer, QStringLiteral("None found"));
    QCOMPARE(trailing[3].answer, QStringLiteral("260 B"));
    for (const auto* rule : {"CUP-GGUF-PADDING", "CUP-MODEL-HIDDEN", "CUP-TFLITE-HIDDEN"}) {
        const auto leftover = about(rule, Family::Model, "64");
        QCOMPARE(leftover[0].answer, QStringLiteral("None found"));
        QCOMPARE(leftover[3].answer, QStringLiteral("64 B"));
    }
    QCOMPARE(about("CUP-UBJSON-BROKEN", Family::Model, "4 bytes follow its end")[3].answer, QStringLiteral("4 B"));
    QCOMPARE(about("CUP-UBJSON-BROKEN", Family::Model, "a length is negative")[3].answer, QStringLiteral("None found"));
    const auto chat = about("CUP-TEMPLATE-HIDDEN", Family::Model, "a sentence");
    QCOMPARE(chat[0].answer, QStringLiteral("None found"));
    QCOMPARE(chat[3].answer, QStringLiteral("None found"));
    QVERIFY(about("CUP-KERAS-CODE", Family::Model, "")[0].loud);
    QVERIFY(about("CUP-MODEL-NOBODY-THOUGHT-OF", Family::Model, "")[0].loud);
    const auto slack = about("CUP-TORCH-HIDDEN", Family::Model, "storage 0 has 22 bytes more");
    QCOMPARE(slack[3].answer, QStringLiteral("22 B"));
    const auto several = about("CUP-TORCH-HIDDEN", Family::Model, "storage 0 has 22 bytes more", "3");
    QCOMPARE(several[3].answer, QStringLiteral("At least 22 B"));
    QCOMPARE(about("CUP-ZIP-OUTSIDE", Family::Archive, "659")[3].answer, QStringLiteral("659 B"));
    QCOMPARE(about("CUP-ZIP-HIDDEN", Family::Archive, "19")[3].answer, QStringLiteral("Yes"));
    const auto writes = about("CUP-TF-FILES", Family::Model, "WriteFile");
    QVERIFY(writes[2].answer == QStringLiteral("Yes") && writes[2].loud && !writes[2].ok);
    QVERIFY(about("CUP-ONNX-EXTERNAL-PATH", Family::Model, "../w")[2].loud);
    QCOMPARE(about("CUP-ONNX-EXTERNAL-PATH", Family::Model, "../w")[0].answer, QStringLiteral("None found"));
    QCOMPARE(about("CUP-MODEL-WRONG-NAME", Family::Archive, "a zip archive")[1].answer, QStringLiteral("No"));
    QCOMPARE(about("CUP-ZIP-NAMES", Family::Archive, "")[1].answer, QStringLiteral("Not quite"));
    for (const auto* rule : {"CUP-SAFETENSORS-DUPLICATE", "CUP-SAFETENSORS-ENTRY", "CUP-GGUF-TRUNCATED",
             "CUP-ONNX-BROKEN", "CUP-HDF-BROKEN", "CUP-TFLITE-BROKEN", "CUP-NPY-HEADER", "CUP-MSGPACK-BROKEN",
             "CUP-TORCH-TENSOR", "CUP-XML-BROKEN", "CUP-HUB-JSON", "CUP-GGUF-TRAILING"}) {
        const auto broken = about(rule, Family::Model, "");
        QVERIFY2(broken[1].answer == QStringLiteral("Not quite") && !broken[1].ok && broken[1].sign, rule);
        QCOMPARE(broken[0].answer, QStringLiteral("None found"));
    }
    for (const auto* rule : {"CUP-TEMPLATE-CODE", "CUP-TEMPLATE-HIDDEN", "CUP-TORCH-HIDDEN", "CUP-KERAS-CODE",
             "CUP-ONNX-EXTERNAL-PATH", "CUP-TF-FILES"}) { // other answers tell of them
        QVERIFY2(about(rule, Family::Model, "")[1].answer == QStringLiteral("Yes"), rule);
    }
}

// Appended bytes stand in the strip as what they are, whatever surrounds them.
void SessionValuesTest::everyByteIsShownAsWhatItIs()
{
    using Kind = widgets::ModelSpan::Kind;
    for (const QString& name : {QStringLiteral("tensorflow-2.21.0/doubler.tflite"),
             QStringLiteral("lightgbm-4.7.0/model.txt"), QStringLiteral("gguf-0.19.0/llama.gguf"),
             QStringLiteral("safetensors-0.8.0/model.safetensors"), QStringLiteral("xgboost-3.0.5/model.ubj")}) {
        QFile file(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/frameworks/") + name);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto bytes = file.readAll().toStdString();
        for (const bool longer : {false, true}) {
            Artifact artifact;
            artifact.path = name.toStdString();
            artifact.bytes =
                std::make_shared<const std::string>(bytes + (longer ? std::string(64, 'x') : std::string()));
            ScanOptions options;
            options.keepBytes = true;
            Budget budget;
            ModelRequest request;
            request.analysis = std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
            request.file = request.analysis;
            const auto reading = readModel(request, {});
            QVERIFY(reading && !reading->spans.empty());
            std::uint64_t at = 0;
            for (const auto& span : reading->spans) {
                QCOMPARE(span.bytes.start, at);
                QCOMPARE(span.kind == Kind::Leftover, longer && span.bytes.start == bytes.size());
                at = span.bytes.end;
            }
            QCOMPARE(at, bytes.size() + (longer ? 64 : 0));
            QCOMPARE(reading->answers[3].ok, !longer);
            if (longer) {
                QCOMPARE(reading->answers[3].answer, QStringLiteral("64 B"));
            }
        }
    }
}

// What a container is told of is not told of each of its members.
void SessionValuesTest::membersHaveTheirOwnAnswers()
{
    const auto part = [](const char* path, const char* rule, Family family) {
        auto out = std::make_shared<Analysis>();
        out->artifact.path = path;
        out->facts.format = "safetensors";
        if (*rule != '\0') {
            Finding finding;
            finding.rule = finding.title = rule;
            finding.family = family;
            finding.severity = Severity::High;
            finding.location.artifact = path;
            out->findings.push_back(std::move(finding));
        }
        return out;
    };
    const auto file = part("a.zip", "CUP-ZIP-OUTSIDE", Family::Archive);
    const auto weights = part("a.zip!w.safetensors", "", Family::Model);
    const auto inner = part("a.zip!b.zip", "", Family::Model);
    const auto harmful = part("a.zip!b.zip!x.pkl", "CUP-PKL-PROCESS", Family::Pickle);
    const std::vector<AnalysisPtr> members{inner, harmful, weights};
    QVERIFY(answersAbout(file, members)[0].loud);
    QVERIFY(answersAbout(inner, members)[0].loud); // what is in it counts
    const auto own = answersAbout(weights, members);
    QCOMPARE(own[0].answer, QStringLiteral("None found"));
    QCOMPARE(own[1].answer, QStringLiteral("Yes"));
    QCOMPARE(own[3].answer, QStringLiteral("None found"));
    QVERIFY(own[4].detail.startsWith(QStringLiteral("1 of 1")));
    QVERIFY(answersAbout(file, members)[4].detail.startsWith(QStringLiteral("4 of 4")));
    // A signature that nobody verified is no good news.
    const auto without = answersAbout(file, members)[5];
    QCOMPARE(without.answer, QStringLiteral("No signature"));
    QCOMPARE(without.detail, QStringLiteral("none of .sig, .asc, .sigstore lies beside it"));
    const auto with = answersAbout(file, members, {}, "model.sig")[5];
    QVERIFY(with.answer == QStringLiteral("Not verified") && !with.ok && !with.loud);
    QCOMPARE(with.detail, QStringLiteral("a signature is here, it was not verified: model.sig"));
}

// Two members of one name: Python's zipfile opens the last, and so the graph is that one's.
void SessionValuesTest::theGraphIsThatOfTheLastOfAName()
{
    const auto number = [](std::uint64_t value, unsigned width) {
        std::string out;
        for (unsigned i = 0; i < width; ++i) {
            out += static_cast<char>(value >> (8 * i) & 0xFF);
        }
        return out;
    };
    const auto config = [](const std::string& layer) {
        return R"({"class_name":"Sequential","config":{"name":"s","layers":[{"class_name":")" + layer
            + R"(","config":{"name":"one","units":2}}]},"keras_version":"3.0.0"})";
    };
    const auto read = [&](const std::vector<std::string>& members) {
        std::string local;
        std::string entries;
        for (const auto& content : members) {
            const std::string name = "config.json";
            const auto fields = number(20, 2) + number(0, 4) + number(0, 4) + number(crc32(content), 4)
                + number(content.size(), 4) + number(content.size(), 4) + number(name.size(), 2) + number(0, 2);
            entries += "PK\1\2" + number(20, 2) + fields + number(0, 8) + number(0, 2) + number(local.size(), 4) + name;
            local += "PK\3\4" + fields + name + content;
        }
        Artifact artifact;
        artifact.path = "a.keras";
        artifact.bytes =
            std::make_shared<const std::string>(local + entries + "PK\5\6" + number(0, 4) + number(members.size(), 2)
                + number(members.size(), 2) + number(entries.size(), 4) + number(local.size(), 4) + number(0, 2));
        ScanOptions options;
        options.keepBytes = true;
        Budget budget;
        std::vector<Artifact> children;
        GraphRequest request;
        request.analysis =
            std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget, &children));
        for (auto& child : children) {
            request.members.push_back(
                std::make_shared<const Analysis>(engine::analyze(std::move(child), options, budget)));
        }
        return readModelGraph(request, {});
    };
    const auto has = [](const widgets::GraphReadingPtr& reading, const char* op) {
        const auto& nodes = reading->source->graph.nodes;
        return std::any_of(nodes.begin(), nodes.end(), [op](const GraphNode& node) { return node.op == op; });
    };
    const auto two = read({config("Dense"), config("Lambda")});
    QVERIFY(two && has(two, "Lambda") && !has(two, "Dense"));
    QCOMPARE(two->source->sameName, 2U);
    const auto one = read({config("Dense")});
    QVERIFY(one && has(one, "Dense"));
    QCOMPARE(one->source->sameName, 0U);
}

void SessionValuesTest::sumsSayOfWhat()
{
    ReviewCoverage coverage;
    coverage.files = 1'261;
    coverage.filesComplete = 1'240;
    QCOMPARE(coverageText(coverage), QStringLiteral("1,240/1,261 files checked"));
    coverage.lost = 1;
    QCOMPARE(coverageText(coverage), QStringLiteral("1,240/1,261 files checked; 1 not on disk any more"));
    coverage.lost = 0;
    coverage.members = 20;
    QCOMPARE(coverageText(coverage), QStringLiteral("1,240/1,261 files and members checked"));
}

QTEST_GUILESS_MAIN(SessionValuesTest)
#include "tst_session_values.moc"
