// SPDX-License-Identifier: GPL-3.0-or-later
// ONNX models: the message ModelProto, recognised by its structure because it has no magic. Every graph is walked, in
// attributes, functions and training too: operators that run code, files that external data leads to, tensors that do
// not fit. onnx.proto of ONNX 1.19.
#include "analyzers/base/budget.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/onnx/onnx_schema.h"
#include "analyzers/formats/proto_fields.h"

#include <algorithm>
#include <memory>
#include <set>

namespace cupel::formats::onnx {

namespace {

constexpr std::uint64_t worthSearching = 8; // bytes of a text
constexpr std::size_t mostFunctions = 100'000;

// Domains whose operators come with the runtimes.
constexpr std::array<std::string_view, 10> builtIn{"", "ai.onnx", "ai.onnx.ml", "ai.onnx.training", "ai.onnx.preview",
    "ai.onnx.preview.training", "com.microsoft", "com.microsoft.nchwc", "com.microsoft.experimental",
    "com.ms.internal.nhwc"};
// Operators that run Python: onnxruntime-extensions and ONNX Runtime Training.
constexpr std::array<std::string_view, 4> python{"PyOp", "PythonOp", "PythonOpGrad", "PyCustomOp"};

template <typename List> bool has(const List& list, typename List::value_type what)
{
    return std::find(list.begin(), list.end(), what) != list.end();
}

// Fields of a message that exist, for the first few: enough to tell a graph from any other message.
bool looksLikeGraph(ByteView head, ByteRange graph)
{
    constexpr std::array<std::uint32_t, 11> known{1, 2, 5, 10, 11, 12, 13, 14, 15, 16, 17};
    ProtoReader reader(head, graph);
    ProtoField field;
    unsigned seen = 0;
    while (seen < 16 && reader.next(field)) {
        if (field.wire != ProtoWire::Bytes || !has(known, field.number)) {
            return false;
        }
        if (field.number == 1) { // a node: its fields are messages and texts
            ProtoReader node(head, field.bytes);
            for (ProtoField part; node.next(part);) {
                if (part.number > 9 || part.wire != ProtoWire::Bytes) {
                    return false;
                }
            }
            if (node.trouble() != ProtoTrouble::None) {
                return false;
            }
        }
        ++seen;
    }
    return reader.trouble() == ProtoTrouble::None && seen > 0;
}

class Reader {
public:
    Reader(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
        : m_file(artifact.view())
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
        , m_parts(m_file, out, model)
    {
    }

    void run()
    {
        readTop();
        ProtoWalk walk(m_file, shapes, m_budget);
        walk.push(Model, {0, m_file.size()});
        for (ProtoMessage message; walk.next(message);) {
            unknownIn(message);
            switch (message.kind) {
            case Node:
                node(message.bytes);
                break;
            case Attribute:
                attribute(message.bytes);
                break;
            case Tensor:
                readTensor(message.bytes, m_parts);
                break;
            case Property:
                property(message.bytes);
                break;
            default:
                break;
            }
        }
        finish(walk);
    }

private:
    void unknown(const ProtoField& field)
    {
        m_model.addFlaw("onnx-unknown-field", {field.start, field.bytes.end}, std::to_string(field.number));
        m_model.keepLeftover({field.start, field.bytes.end});
    }

    // Inside of the model; its own fields are told by readTop.
    void unknownIn(const ProtoMessage& message)
    {
        const std::uint32_t last = message.kind == Graph ? 16
            : message.kind == Node                       ? 10
            : message.kind == Attribute                  ? 23
            : message.kind == Tensor                     ? 16
            : message.kind == SparseTensor               ? 3
            : message.kind == Training                   ? 4
            : message.kind == Function                   ? 14
            : message.kind == Model                      ? 0
                                                         : 2;
        if (last > 0) {
            eachUnknownField(
                m_file, message.bytes, last, m_budget, [this](const ProtoField& field) { unknown(field); });
        }
    }

    void readTop()
    {
        constexpr std::array<std::uint32_t, 13> known{1, 2, 3, 4, 5, 6, 7, 8, 14, 20, 25, 26, 15};
        const auto behind = behindLastField(m_file, m_budget, [&known](const ProtoField& field) {
            const bool number = field.number == 1 || field.number == 5;
            return has(known, field.number) && number == (field.wire == ProtoWire::Varint);
        });
        if (!behind.empty()) {
            m_model.addLeftover("model-trailing", behind);
        }
        unsigned graphs = 0;
        ProtoReader reader(m_file, {0, behind.empty() ? m_file.size() : behind.start});
        for (ProtoField field; reader.next(field) && m_budget.spend(field.costs());) {
            if (!has(known, field.number)) {
                unknown(field);
            } else if (field.number == 1) {
                m_model.kind = "ONNX, IR version " + std::to_string(field.value);
            } else if (field.number == 7 && ++graphs > 1) {
                m_model.addFlaw("onnx-merged", {field.start, field.bytes.start}, std::to_string(graphs));
            } else if (field.number == 25 && m_functions.size() < mostFunctions) {
                m_functions.insert(nameOf(lastBytes(m_file, field.bytes, 10), lastBytes(m_file, field.bytes, 1)));
            } else {
                readTopText(field);
            }
        }
        m_model.producer = m_producer + m_producerVersion;
    }

    void readTopText(const ProtoField& field)
    {
        switch (field.number) {
        case 2:
            m_producer = toDisplay(slice(m_file, field.bytes), 80);
            m_parts.field("producer_name", field.bytes);
            break;
        case 3:
            m_producerVersion = ' ' + toDisplay(slice(m_file, field.bytes), 40);
            m_parts.field("producer_version", field.bytes);
            break;
        case 4:
            m_parts.field("domain", field.bytes);
            break;
        case 5:
            m_parts.number("model_version", field.value, field.bytes);
            break;
        case 6:
            m_parts.field("doc_string", field.bytes);
            break;
        case 8: {
            const auto domain = lastBytes(m_file, field.bytes, 1);
            m_parts.number("opset " + (domain.empty() ? "ai.onnx" : toDisplay(slice(m_file, domain), 80)),
                lastNumber(m_file, field.bytes, 2, 0), field.bytes);
            break;
        }
        default:
            break;
        }
    }

    [[nodiscard]] std::string nameOf(ByteRange domain, ByteRange name) const
    {
        return std::string(slice(m_file, domain)) + '\0' + std::string(slice(m_file, name));
    }

    void node(ByteRange bytes)
    {
        const auto typeRange = lastBytes(m_file, bytes, 4);
        const auto domainRange = lastBytes(m_file, bytes, 7);
        const auto type = slice(m_file, typeRange);
        const auto domain = slice(m_file, domainRange);
        const bool ours = has(builtIn, domain);
        m_parts.useOperator(type, domain == "ai.onnx" ? "" : domain, typeRange.empty() ? bytes : typeRange);
        if (has(python, type) && !m_functions.contains(nameOf(domainRange, typeRange))) {
            m_parts.flaw("onnx-python-op", typeRange);
        } else if (!ours && !m_functions.contains(nameOf(domainRange, typeRange))) {
            m_model.addFlaw("onnx-custom-op", typeRange.empty() ? domainRange : typeRange,
                m_parts.quoted(domainRange) + ", " + m_parts.quoted(typeRange), {domainRange, typeRange});
        }
        if (const auto doc = lastBytes(m_file, bytes, 6); doc.size() >= worthSearching) {
            m_parts.region(RegionKind::Metadata, doc, "doc_string");
        }
    }

    void attribute(ByteRange bytes)
    {
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; reader.next(field);) {
            const bool text = field.number == 4 || field.number == 9 || field.number == 13;
            if (text && field.wire == ProtoWire::Bytes && field.bytes.size() >= worthSearching) {
                m_parts.region(RegionKind::Metadata, field.bytes, "attribute");
            }
        }
    }

    void property(ByteRange bytes)
    {
        const auto key = lastBytes(m_file, bytes, 1);
        m_parts.field(std::string(slice(m_file, key).substr(0, 200)), lastBytes(m_file, bytes, 2));
    }

    void finish(const ProtoWalk& walk)
    {
        m_out.coverage.understood = m_file.size();
        if (const auto& trouble = walk.trouble(); trouble.kind != ProtoTrouble::None) {
            const auto at = std::min<std::uint64_t>(trouble.at, m_file.size());
            m_model.addFlaw("onnx-broken", {at, std::min<std::uint64_t>(at + 1, m_file.size())},
                std::string(toString(trouble.kind)));
            noteOnce(m_out, "protobuf-broken", "A message cannot be read to its end", at);
            m_out.coverage.understood -= std::min(m_out.coverage.understood, trouble.message.end - at);
        }
        if (walk.tooDeepAt() != 0) {
            m_model.addFlaw(
                "onnx-too-deep", {walk.tooDeepAt(), walk.tooDeepAt() + 1}, std::to_string(ProtoWalk::mostDepth));
            noteOnce(m_out, "too-deep", "Messages are nested too deeply; the inner ones were not looked at",
                walk.tooDeepAt());
        }
        if (walk.stopped()) {
            noteOnce(m_out, "stopped", "Reading stopped early", 0);
        }
    }

    ByteView m_file;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    ModelParts m_parts;
    std::string m_producer; // the last one that is named, as parsers have it
    std::string m_producerVersion;
    std::set<std::string, std::less<>> m_functions; // domain, zero byte, name
};

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    bool version = false;
    bool graph = false;
    bool opset = false;
    ProtoReader reader(head, {0, size});
    for (ProtoField field; reader.next(field);) {
        const bool bytes = field.wire == ProtoWire::Bytes;
        if (field.number <= 8 && bytes == (field.number == 1 || field.number == 5)) {
            return 0; // a field of another type than ModelProto has there
        }
        version = version || (field.number == 1 && field.value > 0 && field.value < 1'000);
        graph = graph || (field.number == 7 && looksLikeGraph(head, field.bytes));
        const auto first = field.number == 8 ? slice(head, field.bytes).substr(0, 1) : ByteView();
        opset = opset || first == "\x0a" || first == "\x10";
    }
    const bool named = fileName.ends_with(".onnx") || fileName.ends_with(".ort");
    // A graph makes a model; what breaks behind it does not unmake it.
    const int signs = (version ? 1 : 0) + (graph ? 2 : 0) + (opset ? 1 : 0);
    if (reader.trouble() != ProtoTrouble::None && !named && !graph) {
        return 0;
    }
    // Named like one, and broken where its version should stand: loaders refuse it, and say no more.
    constexpr char versionTag = 0x08;
    if (signs == 0 && named && reader.trouble() != ProtoTrouble::None && head.starts_with(versionTag)) {
        return 50;
    }
    return signs >= 3 ? 85 : signs == 2 ? 60 : signs == 1 && named ? 50 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.coverage.total = artifact.view().size();
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    model->kind = "ONNX";
    out.model = model;
    Reader(artifact, budget, out, *model).run();
}

} // namespace cupel::formats::onnx
