// SPDX-License-Identifier: GPL-3.0-or-later
// What the window says of the bytes of real models, whole and cut: answers and strip agree.
#include "analyzers/engine/analyze.h"
#include "app/session/model_reader.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QFile>
#include <QtTest/QTest>

#include <algorithm>
#include <memory>
#include <string>
#include <vector>

using namespace cupel;
using namespace cupel::app;

namespace {

// A file of a framework, whole or cut, with its members: read as the window does.
widgets::ModelReadingPtr readingOf(const QString& name, double share, const char* member = "")
{
    QFile file(QStringLiteral(CUPEL_SOURCE_DIR "/tests/data/frameworks/") + name);
    if (!file.open(QIODevice::ReadOnly)) {
        return nullptr;
    }
    const auto bytes = file.readAll();
    Artifact root;
    root.path = name.toStdString();
    root.bytes = std::make_shared<const std::string>(
        bytes.left(static_cast<qsizetype>(static_cast<double>(bytes.size()) * share)).toStdString());
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    ModelRequest request;
    std::vector<Artifact> open{std::move(root)};
    while (!open.empty()) {
        auto artifact = std::move(open.back());
        open.pop_back();
        request.members.push_back(
            std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget, &open)));
    }
    request.file = request.members.front();
    const auto wanted = name.toStdString() + member;
    request.analysis = *std::find_if(request.members.begin(), request.members.end(),
        [&wanted](const AnalysisPtr& one) { return one->artifact.path == wanted; });
    request.members.erase(request.members.begin());
    return readModel(request, {});
}

std::uint64_t sumOf(const widgets::ModelReading& reading, widgets::ModelSpan::Kind kind)
{
    std::uint64_t out = 0;
    for (const auto& span : reading.spans) {
        out += span.kind == kind ? span.bytes.size() : 0;
    }
    return out;
}

} // namespace

class ModelBytesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void halvesAreNotWhatTheySay();
    void membersAreWhatTheyHold();
    void archivesAreLoadedByTheirPlan();
};

// An archive of skops or Keras is what its schema or configuration makes loaders do.
void ModelBytesTest::archivesAreLoadedByTheirPlan()
{
    const auto tree = readingOf(QStringLiteral("scikit-learn-1.9.1/tree.skops"), 1);
    QCOMPARE(tree->loaders.size(), std::size_t{2});
    QVERIFY(tree->loaders[0].loader.startsWith(QStringLiteral("skops.io.load(trusted=None)")));
    QVERIFY(tree->loaders[0].why.contains(QStringLiteral("sklearn.tree._tree.Tree")));
    const auto network = readingOf(QStringLiteral("keras-3.15.1/network.keras"), 1);
    QVERIFY(std::any_of(network->loaders.begin(), network->loaders.end(),
        [](const auto& one) { return one.loader.contains(QStringLiteral("safe_mode=True")); }));
    QVERIFY(std::none_of(
        network->loaders.begin(), network->loaders.end(), [](const auto& one) { return one.severity.has_value(); }));
    QCOMPARE(readingOf(QStringLiteral("numpy-2.4.6/floats.npy"), 1)->loaders.size(), std::size_t{0});
}

// Whatever the format: a file that is cut off is not what it says, and what is missing is counted once.
void ModelBytesTest::halvesAreNotWhatTheySay()
{
    for (const char* name : {"torch-2.9.1/views.pt", "torch-2.9.1/traced.pt", "gguf-0.19.0/llama.gguf",
             "safetensors-0.8.0/model.safetensors", "onnx-1.23.2/network.onnx", "keras-3.15.1/network.keras",
             "keras-3.15.1/network.h5", "scikit-learn-1.9.1/isotonic.joblib", "numpy-2.4.6/arrays.npz",
             "numpy-2.4.6/floats.npy", "tensorflow-2.21.0/doubler.tflite"}) {
        const auto whole = readingOf(QString::fromLatin1(name), 1);
        QVERIFY2(whole && whole->answers[1].ok && whole->answers[1].answer == QStringLiteral("Yes"), name);
        const auto half = readingOf(QString::fromLatin1(name), 0.5);
        QVERIFY2(half && !half->answers[1].ok && half->answers[1].sign, name);
    }
    const auto half = readingOf(QStringLiteral("keras-3.15.1/network.keras"), 0.5);
    const auto unread = sumOf(*half, widgets::ModelSpan::Kind::Unread);
    QVERIFY(half->answers[3].detail.contains(widgets::shownSize(unread)));
    QVERIFY(unread < half->analysis->size);
}

// Code and pickles are program, packed or not; a storage is numbers, also where it is looked at by itself.
void ModelBytesTest::membersAreWhatTheyHold()
{
    using Kind = widgets::ModelSpan::Kind;
    const auto traced = readingOf(QStringLiteral("torch-2.9.1/traced.pt"), 1);
    QVERIFY(traced);
    std::uint64_t stored = 0;
    std::uint64_t code = 0;
    for (const auto& member : traced->members) {
        stored += member.path.ends_with(".pkl") ? member.size : 0;
        code += member.path.ends_with(".py") ? 1 : 0;
    }
    QVERIFY(code > 0);
    QVERIFY(sumOf(*traced, Kind::Program) > 2 * stored); // the code is packed, and more than the pickles
    const auto storage = readingOf(QStringLiteral("torch-2.9.1/views.pt"), 1, "!views/data/0");
    QVERIFY(storage);
    QCOMPARE(sumOf(*storage, Kind::Data), storage->analysis->size);
    QCOMPARE(storage->answers[1].answer, QStringLiteral("Yes"));
    QCOMPARE(storage->answers[1].detail, QStringLiteral("tensor data"));
}

QTEST_GUILESS_MAIN(ModelBytesTest)
#include "tst_model_bytes.moc"
