// SPDX-License-Identifier: GPL-3.0-or-later
// CoreML models (.mlmodel): the message Model, recognised by its structure. Every layer and operation is walked, in
// pipelines and branches too: classes the application must bring, models and weights that lie elsewhere. Model.proto,
// NeuralNetwork.proto and MIL.proto of coremltools 8.
#include "analyzers/base/budget.h"
#include "analyzers/base/outside_path.h"
#include "analyzers/base/protobuf.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/proto_fields.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::coreml {

namespace {

enum Message : std::uint8_t {
    Nothing,
    Model,
    PipelineOfClass, // classifier or regressor around a pipeline
    Pipeline,
    Network,
    Layer,
    Branch,
    Program, // of MIL
    Function, // entries of maps are messages: 1 key, 2 value
    FunctionEntry,
    BlockEntry,
    Block,
    Operation,
    Argument,
    ArgumentEntry,
    Binding,
    ValueEntry,
    Value,
    CustomLayer,
    CustomModel,
    LinkedModel,
    Description,
};

constexpr std::array shapes{
    ProtoShape{Model, 2, Description},
    ProtoShape{Model, 200, PipelineOfClass},
    ProtoShape{Model, 201, PipelineOfClass},
    ProtoShape{Model, 202, Pipeline},
    ProtoShape{Model, 303, Network},
    ProtoShape{Model, 403, Network},
    ProtoShape{Model, 500, Network},
    ProtoShape{Model, 502, Program},
    ProtoShape{Model, 555, CustomModel},
    ProtoShape{Model, 556, LinkedModel},
    ProtoShape{PipelineOfClass, 1, Pipeline},
    ProtoShape{Pipeline, 1, Model},
    ProtoShape{Network, 1, Layer},
    ProtoShape{Layer, 500, CustomLayer},
    ProtoShape{Layer, 605, Branch},
    ProtoShape{Layer, 615, Branch},
    ProtoShape{Branch, 1, Network}, // the same numbers in a loop: 1 is a number there
    ProtoShape{Branch, 2, Network},
    ProtoShape{Branch, 3, Network},
    ProtoShape{Branch, 4, Network},
    ProtoShape{Program, 2, FunctionEntry},
    ProtoShape{FunctionEntry, 2, Function},
    ProtoShape{Function, 3, BlockEntry},
    ProtoShape{BlockEntry, 2, Block},
    ProtoShape{Block, 3, Operation},
    ProtoShape{Operation, 2, ArgumentEntry},
    ProtoShape{ArgumentEntry, 2, Argument},
    ProtoShape{Argument, 1, Binding},
    ProtoShape{Binding, 2, Value},
    ProtoShape{Operation, 4, Block},
    ProtoShape{Operation, 5, ValueEntry},
    ProtoShape{ValueEntry, 2, Value},
};

struct Kind {
    std::uint32_t field;
    std::string_view name;
};
// What a model can be.
constexpr std::array kinds{
    Kind{200, "pipeline classifier"},
    Kind{201, "pipeline regressor"},
    Kind{202, "pipeline"},
    Kind{300, "linear regressor"},
    Kind{301, "support vector regressor"},
    Kind{302, "tree ensemble regressor"},
    Kind{303, "neural network regressor"},
    Kind{304, "Bayesian probit regressor"},
    Kind{400, "linear classifier"},
    Kind{401, "support vector classifier"},
    Kind{402, "tree ensemble classifier"},
    Kind{403, "neural network classifier"},
    Kind{404, "nearest neighbours classifier"},
    Kind{500, "neural network"},
    Kind{501, "recommender"},
    Kind{502, "program"},
    Kind{555, "custom model"},
    Kind{556, "linked model"},
    Kind{560, "confidence threshold"},
    Kind{600, "one-hot encoder"},
    Kind{601, "imputer"},
    Kind{602, "feature vectorizer"},
    Kind{603, "dictionary vectorizer"},
    Kind{604, "scaler"},
    Kind{606, "categorical mapping"},
    Kind{607, "normalizer"},
    Kind{609, "array feature extractor"},
    Kind{610, "non-maximum suppression"},
    Kind{900, "identity"},
    Kind{2000, "text classifier"},
    Kind{2001, "word tagger"},
    Kind{2002, "vision features"},
    Kind{2003, "sound preprocessing"},
    Kind{2004, "gazetteer"},
    Kind{2005, "word embedding"},
    Kind{2006, "audio features"},
    Kind{3000, "serialized model"},
};
// The commonest layers; others are told by their number.
constexpr std::array layers{
    Kind{100, "convolution"},
    Kind{120, "pooling"},
    Kind{130, "activation"},
    Kind{140, "innerProduct"},
    Kind{150, "embedding"},
    Kind{160, "batchnorm"},
    Kind{175, "softmax"},
    Kind{200, "padding"},
    Kind{210, "upsample"},
    Kind{220, "unary"},
    Kind{230, "add"},
    Kind{231, "multiply"},
    Kind{245, "scale"},
    Kind{250, "bias"},
    Kind{290, "loadConstant"},
    Kind{300, "reshape"},
    Kind{301, "flatten"},
    Kind{310, "permute"},
    Kind{320, "concat"},
    Kind{330, "split"},
    Kind{350, "slice"},
    Kind{400, "simpleRecurrent"},
    Kind{410, "gru"},
    Kind{420, "uniDirectionalLSTM"},
    Kind{430, "biDirectionalLSTM"},
    Kind{500, "custom"},
    Kind{605, "branch"},
    Kind{615, "loop"},
};

template <typename List> std::string_view nameOf(const List& list, std::uint32_t field)
{
    const auto* found = std::find_if(list.begin(), list.end(), [field](const Kind& one) { return one.field == field; });
    return found == list.end() ? std::string_view() : found->name;
}

std::uint8_t childOf(std::uint8_t message, std::uint32_t field)
{
    const auto* found = std::find_if(shapes.begin(), shapes.end(),
        [&](const ProtoShape& one) { return one.message == message && one.field == field; });
    return found == shapes.end() ? std::uint8_t{Nothing} : found->child;
}

class Reader {
public:
    Reader(ModelParts& parts, Budget& budget)
        : m_parts(parts)
        , m_file(parts.file())
        , m_budget(budget)
    {
    }

    // Numbers of fields go too high for ProtoWalk; the stack is as deep as the parsers of protobuf allow.
    void run()
    {
        enter(Model, {0, m_file.size()});
        while (!m_stack.empty()) {
            auto& top = m_stack.back();
            ProtoField field;
            if (!m_budget.spend(8)) {
                noteOnce(m_parts.facts(), "stopped", "Reading stopped early", top.reader.at());
                return;
            }
            if (!top.reader.next(field)) {
                trouble(top.reader);
                m_stack.pop_back();
                continue;
            }
            const auto message = top.message;
            look(message, field);
            const auto child = field.wire == ProtoWire::Bytes ? childOf(message, field.number) : std::uint8_t{Nothing};
            if (child != Nothing) {
                enter(child, field.bytes);
            }
        }
    }

private:
    struct Frame {
        std::uint8_t message;
        ProtoReader reader;
    };

    void enter(std::uint8_t message, ByteRange bytes)
    {
        switch (message) {
        case CustomLayer:
        case CustomModel:
            custom(bytes, message == CustomLayer ? "layer" : "model");
            return;
        case LinkedModel:
            linked(bytes);
            return;
        case Description:
            describe(bytes);
            return;
        case Operation:
            operation(bytes);
            break;
        case Value:
            value(bytes);
            return;
        default:
            break;
        }
        if (m_stack.size() >= ProtoWalk::mostDepth) {
            noteOnce(m_parts.facts(), "too-deep", "Messages are nested too deeply; the inner ones were not looked at",
                bytes.start);
            return;
        }
        m_stack.push_back({message, ProtoReader(m_file, bytes)});
    }

    void look(std::uint8_t message, const ProtoField& field)
    {
        if (message == Model && field.number == 1) {
            m_parts.number("specification version", field.value, field.bytes);
        } else if (message == Model && m_parts.model().kind == "CoreML") {
            if (const auto name = nameOf(kinds, field.number); !name.empty()) {
                m_parts.model().kind = "CoreML, " + std::string(name);
            }
        } else if (message == Layer && field.number >= 100 && field.wire == ProtoWire::Bytes) {
            const auto name = nameOf(layers, field.number);
            m_parts.useOperator(name.empty() ? "layer " + std::to_string(field.number) : std::string(name), {},
                {field.start, field.bytes.start});
        }
    }

    void custom(ByteRange bytes, std::string_view what)
    {
        const auto name = lastBytes(m_file, bytes, 10);
        m_parts.flaw("coreml-custom", name.empty() ? bytes : name, std::string(what) + ' ');
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; m_budget.spend(8) && reader.next(field);) {
            if (field.number == 40 && field.wire == ProtoWire::Bytes) {
                m_parts.field("description of a custom " + std::string(what), field.bytes);
            }
        }
        trouble(reader);
    }

    void linked(ByteRange bytes)
    {
        const auto file = lastBytes(m_file, bytes, 1);
        for (const std::uint32_t field : {1U, 2U}) {
            const auto parameter = lastBytes(m_file, file, field);
            if (parameter.empty()) {
                continue;
            }
            // A parameter has its text as a default; bytes that are no message are looked at as they stand.
            ProtoReader probe(m_file, parameter);
            ProtoField first;
            const bool message = probe.next(first) && first.number == 1 && first.wire == ProtoWire::Bytes;
            const auto place = message ? lastBytes(m_file, parameter, 1) : parameter;
            m_parts.pointTo(field == 1 ? "linked model" : "search path", place);
            m_parts.region(RegionKind::Metadata, place, "linked model");
            paths(place);
        }
    }

    // A search path may be a list with colons.
    void paths(ByteRange place)
    {
        auto start = place.start;
        bool whole = escapeOf(m_parts.text(place)) != PathEscape::None;
        for (auto at = place.start; at <= place.end && !whole; ++at) {
            if (at == place.end || m_file[at] == ':') {
                const auto escape = escapeOf(m_parts.text({start, at}));
                whole = escape != PathEscape::None && escape != PathEscape::Empty;
                start = at + 1;
            }
        }
        if (whole && !place.empty()) {
            m_parts.flaw("coreml-linked-path", place);
        }
    }

    void describe(ByteRange bytes)
    {
        const auto metadata = lastBytes(m_file, bytes, 100);
        ProtoReader reader(m_file, metadata);
        constexpr std::array<std::string_view, 5> names{"", "description", "version", "author", "license"};
        for (ProtoField field; m_budget.spend(8) && reader.next(field);) {
            if (field.wire != ProtoWire::Bytes) {
                continue;
            }
            if (field.number < names.size()) {
                m_parts.field(std::string(names[field.number]), field.bytes);
            } else if (field.number == 100) {
                const auto key = lastBytes(m_file, field.bytes, 1);
                m_parts.field(std::string(m_parts.text(key).substr(0, 200)), lastBytes(m_file, field.bytes, 2));
            }
        }
        trouble(reader);
    }

    void operation(ByteRange bytes)
    {
        const auto type = lastBytes(m_file, bytes, 1);
        const auto name = m_parts.text(type);
        m_parts.useOperator(name, {}, type.empty() ? bytes : type);
        if (name == "custom_layer" || name == "custom") {
            m_parts.flaw("coreml-custom", type, "operation ");
        }
    }

    // Weights of a program lie in a file of the package: "@model_path/weights/weight.bin".
    void value(ByteRange bytes)
    {
        const auto blob = lastBytes(m_file, bytes, 5);
        if (blob.empty()) {
            return;
        }
        constexpr std::string_view root = "@model_path/";
        const auto place = lastBytes(m_file, blob, 1);
        const auto name = m_parts.text(place);
        m_parts.pointTo("weights", place);
        if (escapeOf(name.starts_with(root) ? name.substr(root.size()) : name) != PathEscape::None) {
            m_parts.flaw("coreml-blob-path", place);
        }
    }

    void trouble(const ProtoReader& reader)
    {
        if (reader.trouble() != ProtoTrouble::None) {
            const auto at = std::min<std::uint64_t>(reader.at(), m_file.size());
            m_parts.model().addFlaw("coreml-broken", {at, std::min<std::uint64_t>(at + 1, m_file.size())},
                std::string(toString(reader.trouble())));
            noteOnce(m_parts.facts(), "protobuf-broken", "A message cannot be read to its end", at);
        }
    }

    ModelParts& m_parts;
    ByteView m_file;
    Budget& m_budget;
    std::vector<Frame> m_stack;
};

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view fileName)
{
    constexpr std::uint64_t mostVersion = 100;
    const bool named = fileName.ends_with(".mlmodel");
    bool version = false;
    bool described = false;
    bool kind = false;
    ProtoReader reader(head, {0, size});
    for (ProtoField field; reader.next(field);) {
        if (field.number == 1) {
            version = field.wire == ProtoWire::Varint && field.value > 0 && field.value <= mostVersion;
            if (!version) {
                return 0;
            }
        } else if (field.number == 2 && field.wire == ProtoWire::Bytes) {
            described = true;
        } else if (!nameOf(kinds, field.number).empty() && field.wire == ProtoWire::Bytes) {
            kind = true;
        } else if (field.number != 10) { // isUpdatable
            if (!named || !version || !kind) {
                return 0;
            }
            break; // something behind the model
        }
    }
    if (reader.trouble() != ProtoTrouble::None && !named) {
        return 0;
    }
    return version && kind ? 85 : version && described && named ? 60 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto size = artifact.view().size();
    out.coverage = {size, size};
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    model->kind = "CoreML";
    out.model = model;
    ModelParts parts(artifact.view(), out, *model);
    Reader(parts, budget).run();
    const auto behind = behindLastField(parts.file(), budget, [](const ProtoField& field) {
        const bool number = field.number == 1 || field.number == 10;
        return (number || field.number == 2 || !nameOf(kinds, field.number).empty())
            && number == (field.wire == ProtoWire::Varint);
    });
    if (!behind.empty()) {
        model->addLeftover("model-trailing", behind);
    }
}

} // namespace cupel::formats::coreml
