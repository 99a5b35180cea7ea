// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/model_reader.h"

#include "analyzers/base/natural_order.h"
#include "analyzers/engine/signature_file.h"
#include "analyzers/formats/graphs.h"
#include "analyzers/formats/tensor_values.h"
#include "analyzers/formats/torch_storage.h"
#include "analyzers/formats/zip/zip_places.h"
#include "analyzers/model/model_questions.h"
#include "analyzers/rules/pickle/doings.h"
#include "analyzers/rules/pickle/loaders.h"
#include "app/session/model_answers.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>

namespace cupel::app {

namespace {

using widgets::ModelImport;
using widgets::ModelReading;
using widgets::ModelSpan;
using widgets::TensorColumn;

struct Words {
    Q_DECLARE_TR_FUNCTIONS(ModelReader)
};

void addMarks(ModelReading& reading)
{
    const auto& findings = reading.analysis->findings;
    for (std::size_t i = 0; i < findings.size(); ++i) {
        if (!findings[i].location.bytes.empty()) {
            reading.marks.push_back({findings[i].location.bytes, findings[i].severity, i});
        }
    }
    std::stable_sort(reading.marks.begin(), reading.marks.end(),
        [](const auto& a, const auto& b) { return a.bytes.start < b.bytes.start; });
}

QString verdictWord(const rules::pickle::Verdict& verdict)
{
    using Kind = rules::pickle::Verdict::Kind;
    switch (verdict.kind) {
    case Kind::Benign:
        return verdict.use == rules::pickle::Use::Call ? Words::tr("known, plain data") : Words::tr("known");
    case Kind::Danger:
        return verdict.byUse ? Words::tr("does harm as it is called") : Words::tr("can do harm");
    case Kind::Library:
        return Words::tr("standard library");
    case Kind::Unknown:
        return Words::tr("not known");
    case Kind::Unresolved:
        return Words::tr("decided while loading");
    }
    return {};
}

std::optional<Severity> verdictSign(const rules::pickle::Verdict& verdict)
{
    using Kind = rules::pickle::Verdict::Kind;
    switch (verdict.kind) {
    case Kind::Benign:
        return std::nullopt;
    case Kind::Danger:
        return verdict.severity;
    case Kind::Library:
    case Kind::Unresolved:
        return Severity::High;
    case Kind::Unknown:
        return Severity::Medium;
    }
    return Severity::Medium;
}

void addImports(ModelReading& reading)
{
    const auto* pickle = reading.pickle();
    if (!pickle) {
        return;
    }
    const auto verdicts = rules::pickle::verdictsAsUsed(*pickle);
    for (std::size_t i = 0; i < pickle->globals.size(); ++i) {
        const auto& global = pickle->globals[i];
        const auto& verdict = verdicts[i];
        reading.imports.push_back({widgets::shownText(reading.names(global.path())),
            QString::fromLatin1(toString(global.how).data(), static_cast<qsizetype>(toString(global.how).size())),
            verdictWord(verdict), verdictSign(verdict), global.count, global.bytes});
    }
    std::stable_sort(reading.imports.begin(), reading.imports.end(), [](const auto& a, const auto& b) {
        return a.severity.value_or(Severity::Info) > b.severity.value_or(Severity::Info);
    });
}

void addLoaders(ModelReading& reading, const Analysis& loaded)
{
    using Kind = rules::pickle::LoaderAnswer::Kind;
    const auto answers = rules::pickle::loaderAnswers(loaded.artifact, loaded.facts);
    const auto names = answers.empty() ? NameMask() : NameMask(loaded);
    for (const auto& answer : answers) {
        QStringList risks;
        for (const auto risk : answer.risks) {
            risks += QString::fromUtf8(risk.data(), static_cast<qsizetype>(risk.size()));
        }
        const QString verdict = answer.kind == Kind::Runs ? Words::tr("runs it")
            : answer.kind == Kind::Reads                  ? Words::tr("reads it")
                                                          : Words::tr("refuses it");
        reading.loaders.push_back(
            {QString::fromUtf8(answer.loader.data(), static_cast<qsizetype>(answer.loader.size())), verdict,
                widgets::shownText(names(answer.why)), risks.join(QStringLiteral("; ")),
                answer.kind == Kind::Runs ? std::optional(Severity::High) : std::nullopt});
    }
}

// Of a file, or of the members of an archive of Keras or skops that loaders begin with.
void addLoaders(ModelReading& reading, const ModelRequest& request)
{
    constexpr std::size_t most = 16;
    addLoaders(reading, *reading.analysis);
    if (!reading.loaders.empty()) {
        return;
    }
    for (const auto& member : request.members) {
        if (member->artifact.parent == reading.analysis->artifact.path && !formats::pickleFacts(member->facts)) {
            addLoaders(reading, *member);
        }
    }
    // What runs comes first: decoys beside the one that is loaded do not push it out.
    std::stable_partition(reading.loaders.begin(), reading.loaders.end(),
        [](const widgets::ModelLoader& one) { return one.severity.has_value(); });
    reading.loaders.resize(std::min(reading.loaders.size(), most));
}

// Opcodes of a stream, without the raw numbers that joblib writes between them.
// `start`: of the pickle in the file.
void addProgram(const formats::PickleFacts& pickle, const formats::PickleStream& stream, std::uint64_t start,
    std::vector<ModelSpan>& out)
{
    auto at = stream.bytes.start;
    auto raw = std::lower_bound(pickle.raw.begin(), pickle.raw.end(), at,
        [](const ByteRange& one, std::uint64_t wanted) { return one.start < wanted; });
    for (; raw != pickle.raw.end() && raw->end <= stream.bytes.end; ++raw) {
        out.push_back({ModelSpan::Kind::Program, {start + at, start + raw->start}});
        at = raw->end;
    }
    out.push_back({ModelSpan::Kind::Program, {start + at, start + stream.bytes.end}});
}

// Where a member begins in the file that is shown; nullopt: it is packed there, or lies in another one.
std::optional<std::uint64_t> placeInside(const ModelReading& reading, const Analysis& member)
{
    const auto& whole = reading.analysis->artifact.bytes;
    const auto& path = reading.analysis->artifact.path;
    const bool below = member.artifact.path.starts_with(path) && member.artifact.path.substr(path.size(), 1) == "!";
    const bool again = !member.artifact.readAs.empty(); // the same bytes, read as something else
    if (!below || again || !member.artifact.bytes || !whole.holds(member.artifact.view())) {
        return std::nullopt;
    }
    return static_cast<std::uint64_t>(member.artifact.view().data() - whole.view().data());
}

// What is stored in members counts as well, where it is not packed.
void addPlaces(ModelReading& reading, const ModelRequest& request)
{
    const auto* content = reading.content();
    if (!content) {
        return;
    }
    std::map<std::string_view, std::optional<std::uint64_t>> starts;
    for (const auto& member : request.members) {
        starts.emplace(member->artifact.path, placeInside(reading, *member));
    }
    const auto& path = reading.analysis->artifact.path;
    const auto folder = path.substr(0, path.find_last_of("/!") + 1);
    reading.tensorPlaces.reserve(content->tensors.size());
    for (const auto& tensor : content->tensors) {
        auto& place = reading.tensorPlaces.emplace_back();
        if (!tensor.hasData || tensor.bytes.empty()) {
            continue;
        }
        if (tensor.storedIn.empty()) {
            place = tensor.bytes;
        } else if (const auto found = starts.find(folder + tensor.storedIn); found != starts.end() && found->second) {
            place = {*found->second + tensor.bytes.start, *found->second + tensor.bytes.end};
        }
    }
}

// What most of a member is: what runs, or numbers.
std::optional<ModelSpan::Kind> kindOf(const Analysis& member)
{
    const auto& facts = member.facts;
    const auto* pickle = formats::pickleFacts(facts);
    if (facts.format == "python" || (pickle && pickle->streamCount > 0)) {
        return ModelSpan::Kind::Program;
    }
    const bool numbers = facts.format == "npy" || formats::isTorchStorage(member.artifact);
    return numbers ? std::optional(ModelSpan::Kind::Data) : std::nullopt;
}

// Members of a zip that are packed, and code that is not: each is one thing.
void addWholeMembers(const ModelReading& reading, const ModelRequest& request, std::vector<ModelSpan>& known)
{
    const auto& artifact = reading.analysis->artifact;
    const auto packed = reading.analysis->facts.format == "zip" ? formats::zip::packedPlaces(artifact.view())
                                                                : std::map<std::string_view, ByteRange>();
    for (const auto& member : request.members) {
        const auto kind = member->artifact.parent == artifact.path ? kindOf(*member) : std::nullopt;
        if (!kind) {
            continue;
        }
        const auto start = placeInside(reading, *member);
        const auto place = packed.find(member->artifact.memberName());
        if (start && member->facts.format == "python") {
            known.push_back({*kind, {*start, *start + member->size}});
        } else if (!start && place != packed.end()) {
            known.push_back({*kind, place->second});
        }
    }
}

// What is known of the bytes, sorted: of the file itself, and of its members that are not packed.
std::vector<ModelSpan> knownSpans(const ModelReading& reading, const ModelRequest& request)
{
    std::vector<ModelSpan> known;
    const auto* own = reading.pickle();
    for (std::size_t i = 0; own && i < own->streams.size(); ++i) {
        if (!own->streams[i].inside) {
            addProgram(*own, own->streams[i], 0, known);
        }
    }
    for (const auto& place : reading.tensorPlaces) {
        if (!place.empty()) {
            known.push_back({ModelSpan::Kind::Data, place});
        }
    }
    const auto leftover = [&known](const Facts& facts, std::uint64_t start) {
        for (const auto range : facts.model ? facts.model->leftover : std::vector<ByteRange>()) {
            known.push_back({ModelSpan::Kind::Leftover, {start + range.start, start + range.end}});
        }
    };
    leftover(reading.analysis->facts, 0);
    if (kindOf(*reading.analysis) == ModelSpan::Kind::Data && known.empty()) {
        known.push_back({ModelSpan::Kind::Data, {0, reading.analysis->size}}); // a storage that is looked at by itself
    }
    addWholeMembers(reading, request, known);
    for (const auto& member : request.members) {
        const auto start = placeInside(reading, *member);
        if (start) {
            leftover(member->facts, *start);
        }
        const auto* pickle = start ? formats::pickleFacts(member->facts) : nullptr;
        for (std::size_t i = 0; pickle && i < pickle->streams.size(); ++i) {
            if (!pickle->streams[i].inside) {
                addProgram(*pickle, pickle->streams[i], *start, known);
            }
        }
    }
    if (own && own->streamCount > own->streams.size()) {
        // Of very many streams some are not listed; they stand between and behind those that are.
        std::uint64_t last = 0;
        for (const auto& stream : own->streams) {
            if (!stream.inside) {
                known.push_back({ModelSpan::Kind::Program, {last, stream.bytes.start}});
                last = stream.bytes.end;
            }
        }
        known.push_back({ModelSpan::Kind::Program, {last, reading.analysis->facts.coverage.understood}});
    }
    for (const auto& finding : reading.analysis->findings) { // what nobody reads is no structure
        if (isAboutHiddenBytes(finding)) {
            known.push_back({ModelSpan::Kind::Leftover, finding.location.bytes});
        }
    }
    std::stable_sort(
        known.begin(), known.end(), [](const auto& a, const auto& b) { return a.bytes.start < b.bytes.start; });
    return known;
}

// Every byte belongs to something: programs, data of tensors, what holds them together, what belongs to none of these,
// and what nobody could read.
void addSpans(ModelReading& reading, const std::vector<ModelSpan>& known)
{
    const auto& facts = reading.analysis->facts;
    const bool whole = facts.coverage.understood >= facts.coverage.total;
    const auto rest = [&](std::uint64_t at) {
        return whole || at < facts.coverage.understood ? ModelSpan::Kind::Structure : ModelSpan::Kind::Unread;
    };
    const auto add = [&reading](ModelSpan span) {
        if (!span.bytes.empty()) {
            auto& spans = reading.spans;
            if (!spans.empty() && spans.back().kind == span.kind && spans.back().bytes.end == span.bytes.start) {
                spans.back().bytes.end = span.bytes.end;
            } else {
                spans.push_back(span);
            }
        }
    };
    const auto fill = [&](std::uint64_t from, std::uint64_t to) {
        const auto border = std::clamp(facts.coverage.understood, from, to);
        add({rest(from), {from, whole ? to : border}});
        add({ModelSpan::Kind::Unread, {whole ? to : border, to}});
    };
    std::uint64_t at = 0;
    for (const auto& span : known) {
        const ByteRange clipped{std::max(at, span.bytes.start), std::min(span.bytes.end, reading.analysis->size)};
        if (clipped.empty()) {
            continue;
        }
        fill(at, clipped.start);
        add({span.kind, clipped});
        at = clipped.end;
    }
    fill(at, std::max(at, reading.analysis->size));
}

std::string lower(std::string text)
{
    std::transform(text.begin(), text.end(), text.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return text;
}

// A container shows what its members are, and their tensors as if they were its own: each with the place of its
// numbers, so that they can be read from there.
void addMembers(ModelReading& reading, const ModelRequest& request)
{
    const auto& path = reading.analysis->artifact.path;
    const std::string below = path + '!';
    const auto cut = path.find_last_of("/!");
    const auto folder = cut == std::string::npos ? 0 : cut + 1;
    std::vector<const Analysis*> holders;
    for (const auto& member : request.members) {
        const auto& at = member->artifact.path;
        if (!at.starts_with(below)) {
            continue;
        }
        const auto& model = member->facts.model;
        widgets::ModelMember out{at, widgets::shownText(std::string_view(at).substr(below.size())),
            model && !model->kind.empty() ? widgets::shownText(NameMask(*member)(model->kind))
                                          : widgets::shownFormat(*member),
            member->size, model ? model->tensorCount : 0, std::nullopt, member->facts.status == ReadStatus::Complete};
        for (const auto& finding : member->findings) {
            out.worst = std::max(out.worst.value_or(finding.severity), finding.severity);
        }
        if (out.tensors > 0) {
            holders.push_back(member.get());
        }
        reading.members.push_back(std::move(out));
    }
    std::stable_sort(reading.members.begin(), reading.members.end(),
        [](const auto& a, const auto& b) { return naturallyBefore(a.path, b.path); });
    if (holders.empty() || (reading.content() && reading.content()->tensorCount > 0)) {
        return;
    }
    auto all =
        reading.content() ? std::make_shared<ModelContent>(*reading.content()) : std::make_shared<ModelContent>();
    for (const auto* holder : holders) {
        const NameMask names(*holder);
        const auto& at = holder->artifact.path;
        const auto shown = std::string_view(at).substr(below.size());
        const auto& tensors = holder->facts.model->tensors;
        const bool one = holder->facts.format == "npy" && tensors.size() == 1; // named by its file
        for (const auto& tensor : tensors) {
            auto copy = tensor;
            const auto inside = at.substr(0, at.find_last_of("/!") + 1);
            copy.name = one           ? std::string(shown.substr(0, shown.size() - (shown.ends_with(".npy") ? 4 : 0)))
                : holders.size() == 1 ? names(tensor.name)
                                      : std::string(shown) + ": " + names(tensor.name);
            copy.storedIn = (tensor.storedIn.empty() ? at : inside + tensor.storedIn).substr(folder);
            all->add(std::move(copy));
        }
        // What the member itself could not list.
        all->tensorCount += holder->facts.model->tensorCount - tensors.size();
    }
    reading.gathered = std::move(all);
}

void addTensors(ModelReading& reading, const std::stop_token& stop)
{
    const auto* content = reading.content();
    if (!content) {
        return;
    }
    const auto& tensors = content->tensors;
    reading.tensorKeys.reserve(tensors.size());
    for (const auto& tensor : tensors) {
        reading.tensorKeys.push_back(lower(reading.names(tensor.name)));
    }
    std::vector<std::uint64_t> elements(tensors.size());
    std::transform(tensors.begin(), tensors.end(), elements.begin(),
        [](const ModelTensor& tensor) { return tensor.hasData ? elementCount(tensor.shape) : 0; });
    const auto order = [&](TensorColumn column, const auto& before) {
        auto& rows = reading.tensorOrders[static_cast<std::size_t>(column)];
        rows.resize(stop.stop_requested() ? 0 : tensors.size());
        std::iota(rows.begin(), rows.end(), 0U);
        std::stable_sort(rows.begin(), rows.end(), before);
    };
    using Row = std::uint32_t;
    order(TensorColumn::Name, [&](Row a, Row b) { return reading.tensorKeys[a] < reading.tensorKeys[b]; });
    order(TensorColumn::Type, [&](Row a, Row b) { return tensors[a].dtype < tensors[b].dtype; });
    order(TensorColumn::Shape, [&](Row a, Row b) { return tensors[a].shape < tensors[b].shape; });
    order(TensorColumn::Elements, [&](Row a, Row b) { return elements[a] < elements[b]; });
    order(TensorColumn::Bytes, [&](Row a, Row b) { return formats::sizeOf(tensors[a]) < formats::sizeOf(tensors[b]); });
    order(TensorColumn::Place, [&](Row a, Row b) {
        return tensors[a].storedIn != tensors[b].storedIn ? naturallyBefore(tensors[a].storedIn, tensors[b].storedIn)
                                                          : tensors[a].bytes.start < tensors[b].bytes.start;
    });
}

// Whether a safer form of the file exists, and why not.
void addConversion(ModelReading& reading, const ModelRequest& request)
{
    std::vector<AnalysisPtr> all = request.members;
    all.push_back(request.file);
    const bool tensors = std::any_of(all.begin(), all.end(), [](const AnalysisPtr& one) {
        return one->facts.format == "pickle" && one->facts.model && one->facts.model->tensorCount > 0;
    });
    auto plan = convert::planConversion(all);
    if (plan) {
        reading.conversion = std::make_shared<const convert::Conversion>(std::move(plan).value());
    } else if (tensors) {
        reading.conversionRefusal = widgets::shownText(plan.error().detail);
    }
}

} // namespace

widgets::ModelReadingPtr readModel(const ModelRequest& request, const std::stop_token& stop)
{
    auto reading = std::make_shared<ModelReading>();
    reading->analysis = request.analysis;
    reading->file = request.file;
    reading->names = NameMask(*request.analysis);
    reading->answers = answersAbout(
        request.analysis, request.members, request.beside, engine::signatureBeside(request.file->artifact.path));
    addMarks(*reading);
    addImports(*reading);
    addLoaders(*reading, request);
    addConversion(*reading, request);
    addMembers(*reading, request);
    addPlaces(*reading, request);
    addSpans(*reading, knownSpans(*reading, request));
    addTensors(*reading, stop);
    const std::string below = request.analysis->artifact.path + '!';
    const auto drawable = [](const Analysis& one) { return formats::mayHaveGraph(one.artifact, one.facts); };
    reading->mayHaveGraph = drawable(*request.analysis)
        || std::any_of(request.members.begin(), request.members.end(),
            [&](const AnalysisPtr& member) { return member->artifact.path.starts_with(below) && drawable(*member); });
    if (const auto* pickle = reading->pickle()) {
        Budget budget(Limits{}, stop);
        reading->opcodes = formats::indexOpcodes(request.analysis->artifact.view(), *pickle, budget);
    }
    return stop.stop_requested() ? nullptr : reading;
}

} // namespace cupel::app
