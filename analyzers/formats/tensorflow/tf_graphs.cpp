// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/outside_path.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/keras_config.h"
#include "analyzers/formats/proto_fields.h"
#include "analyzers/formats/tensorflow/tf_schema.h"
#include "analyzers/formats/tensorflow/tf_types.h"
#include "analyzers/formats/tf_operators.h"

#include <algorithm>
#include <array>
#include <limits>
#include <map>
#include <numeric>
#include <set>
#include <span>

namespace cupel::formats::tensorflow {

namespace {

constexpr std::uint64_t worthSearching = 16; // bytes of a text
constexpr std::size_t mostUnknown = 10'000; // names
constexpr std::size_t mostFunctions = 200'000;
constexpr std::size_t mostCounted = 2'000; // graphs and functions, each by itself; all others together

// By TfOperator, what a number of them is said to be.
constexpr std::array<std::string_view, 8> classWords{"calls of functions or unknown", "harmless", "of extra libraries",
    "to look at", "reading tables", "reaching the network", "opening files", "running code"};
static_assert(classWords.size() == static_cast<std::size_t>(TfOperator::Code) + 1);

// They open files by names they are given, though what they are for is told by another class than that of files.
constexpr std::array<std::string_view, 9> alsoOpen{"CacheDataset", "CacheDatasetV2", "CreateSummaryDbWriter",
    "CreateSummaryFileWriter", "GenerateVocabRemapping", "Save", "SaveSlices", "SimpleMLLoadModelFromPath",
    "SimpleMLLoadModelFromPathWithHandle"};
constexpr std::array<std::string_view, 3> restoring{"Restore", "RestoreSlice", "RestoreV2"};

bool isAmong(std::string_view name, std::span<const std::string_view> list)
{
    return std::find(list.begin(), list.end(), name) != list.end();
}

class GraphReader {
public:
    GraphReader(ModelParts& parts, Budget& budget)
        : m_parts(parts)
        , m_file(parts.file())
        , m_budget(budget)
    {
    }

    void run(Message root)
    {
        m_root = root;
        ProtoWalk walk(m_file, shapes, m_budget);
        walk.push(root, {0, m_file.size()});
        for (ProtoMessage message; walk.next(message);) {
            look(message, walk);
        }
        tellCounts();
        tellUnknown();
        tellTables();
        finish(walk);
    }

private:
    struct Uses {
        ByteRange first;
        std::uint64_t count = 0;
    };

    // Operators of one graph or function, by what they can do.
    struct Counted {
        ByteRange name; // of a function
        ByteRange place;
        std::uint64_t graphs = 1;
        bool inside = false; // of another one
        std::array<std::uint64_t, classWords.size()> count{}; // by TfOperator
    };

    struct Around {
        std::size_t counted = 0; // place in the list
        std::size_t depth = 0;
    };

    void enter(const ProtoMessage& message)
    {
        while (!m_around.empty() && m_around.back().depth >= message.depth) {
            m_around.pop_back();
        }
        if (message.kind != Graph && message.kind != Function) {
            return;
        }
        const bool inside = !m_around.empty();
        if (m_counted.size() <= mostCounted) {
            const bool named = message.kind == Function && m_counted.size() < mostCounted;
            const auto signature = named ? lastBytes(m_file, message.bytes, 1) : ByteRange{};
            m_counted.push_back({lastBytes(m_file, signature, 1), message.bytes, 1, inside});
        } else {
            ++m_counted.back().graphs;
        }
        m_around.push_back({m_counted.size() - 1, message.depth});
    }

    [[nodiscard]] std::string title(std::size_t index) const
    {
        const auto& one = m_counted[index];
        if (index == mostCounted) {
            return counted(one.graphs, "other graph or function", "other graphs and functions");
        }
        return !one.name.empty() ? "function " + toDisplay(slice(m_file, one.name), 120)
            : one.inside         ? "nested graph"
                                 : "graph";
    }

    void tellCounts()
    {
        auto& fields = m_parts.model().metadata;
        for (std::size_t at = 0; at < m_counted.size(); ++at) {
            const auto& one = m_counted[at];
            const auto all = std::accumulate(one.count.begin(), one.count.end(), std::uint64_t{0});
            auto words = counted(all, "operator", "operators");
            const auto* sign = ": ";
            for (auto i = classWords.size(); i-- > 0;) { // the worst first
                if (one.count[i] > 0) {
                    words += sign + std::to_string(one.count[i]) + ' ' + std::string(classWords[i]);
                    sign = ", ";
                }
            }
            if (all > 0 && fields.size() < ModelContent::mostFields) {
                fields.push_back({title(at), words, one.place});
            }
        }
    }

    void look(const ProtoMessage& message, ProtoWalk& walk)
    {
        enter(message);
        eachUnknownField(m_file, message.bytes, lastFields[message.kind], m_budget, [this](const ProtoField& field) {
            m_parts.model().addLeftover(
                field.number == 0 ? "model-trailing" : "model-unknown-field", {field.start, field.bytes.end});
        });
        switch (message.kind) {
        case Node:
            node(message.bytes);
            break;
        case Function:
            if (m_functions.size() < mostFunctions) {
                const auto signature = lastBytes(m_file, message.bytes, 1);
                m_functions.emplace(slice(m_file, lastBytes(m_file, signature, 1)));
            }
            break;
        case AttrEntry:
            m_key = lastBytes(m_file, message.bytes, 1);
            break;
        case Attr:
        case AttrList:
            texts(message.bytes, 2, walk);
            break;
        case Tensor:
            texts(message.bytes, 8, walk);
            tensor(message.bytes);
            break;
        case Asset:
            asset(lastBytes(m_file, message.bytes, 2));
            break;
        case MetaInfo:
            info(message.bytes);
            break;
        case UserObject:
            userObject(message.bytes);
            break;
        default:
            break;
        }
    }

    void node(ByteRange bytes)
    {
        m_node = lastBytes(m_file, bytes, 1);
        const auto place = lastBytes(m_file, bytes, 2);
        const auto name = slice(m_file, place);
        m_parts.useOperator(name, {}, place.empty() ? bytes : place);
        opens(name, place);
        const auto kind = classify(name);
        if (!m_around.empty()) {
            ++m_counted[m_around.back().counted].count[static_cast<std::size_t>(kind)];
        }
        switch (kind) {
        case TfOperator::Code:
            m_parts.flaw("tf-code-op", place);
            break;
        case TfOperator::Files:
            m_parts.flaw("tf-file-op", place);
            break;
        case TfOperator::Network:
            m_parts.flaw("tf-network-op", place);
            break;
        case TfOperator::Suspicious:
            m_parts.flaw("tf-suspicious-op", place);
            break;
        case TfOperator::Vocabulary:
            m_tables = m_tables.empty() ? place : m_tables;
            break;
        case TfOperator::Library:
            m_parts.flaw("tf-library-op", place);
            break;
        case TfOperator::Unknown:
            if (m_unknown.size() < mostUnknown || m_unknown.contains(name)) {
                auto& uses = m_unknown[name];
                uses.first = uses.count++ == 0 ? (place.empty() ? bytes : place) : uses.first;
            } else {
                noteOnce(m_parts.facts(), "too-many-operators",
                    "There are more unknown operators than the limit; the rest was not looked at", bytes.start);
            }
            break;
        case TfOperator::Known:
            break;
        }
    }

    // Once for each operator, whatever it is told of its names.
    void opens(ByteView name, ByteRange place)
    {
        const auto kind = classify(name);
        const bool files = kind == TfOperator::Files || kind == TfOperator::Vocabulary || isAmong(name, alsoOpen);
        if (files && m_opening.insert(name).second) {
            m_parts.pointTo("file operator", place);
        }
        // Loaders of a SavedModel hand the place of its weights to the operator.
        if (m_root == SavedModel && !m_restores && isAmong(name, restoring)) {
            m_restores = true;
            m_parts.model().references.push_back({"weights", "variables/variables.index", place});
        }
    }

    // Texts of an attribute or a constant: searched, and walked when they are graphs themselves.
    void texts(ByteRange bytes, std::uint32_t number, ProtoWalk& walk)
    {
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.number != number || field.wire != ProtoWire::Bytes) {
                continue;
            }
            const auto text = slice(m_file, field.bytes);
            if (slice(m_file, m_key) == "output_stream" && text.starts_with("file:")) {
                m_parts.flaw("tf-print-file", field.bytes);
            }
            if (!m_budget.spend(field.bytes.size())) {
                return;
            }
            if (isGraph(m_file, field.bytes)) {
                m_parts.model().addFlaw("tf-nested-graph", field.bytes, std::to_string(field.bytes.size()));
                walk.push(Graph, field.bytes);
            } else if (field.bytes.size() >= worthSearching && !slice(m_file, m_key).starts_with('_')) {
                m_parts.region(RegionKind::Metadata, field.bytes, toDisplay(slice(m_file, m_key), 60));
            }
        }
    }

    void tensor(ByteRange bytes)
    {
        const auto number = lastNumber(m_file, bytes, 1, 0);
        const auto* type = typeOf(number);
        std::vector<std::uint64_t> shape;
        bool open = false;
        ProtoReader reader(m_file, lastBytes(m_file, bytes, 2));
        for (ProtoField field; shape.size() < 64 && reader.next(field);) {
            if (field.number == 2 && field.wire == ProtoWire::Bytes) {
                const auto extent = lastNumber(m_file, field.bytes, 1, 0);
                open = open || extent > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
                shape.push_back(extent);
            }
        }
        const auto content = lastBytes(m_file, bytes, 4);
        const auto count = elementCount(shape);
        const bool known = type && type->bytes > 0;
        if (!content.empty() && known && !open
            && (count > std::numeric_limits<std::uint64_t>::max() / type->bytes
                || count * type->bytes != content.size())) {
            m_parts.model().addFlaw("tf-tensor-size", bytes, m_parts.quoted(m_node), {m_node});
        }
        if (!content.empty() || !shape.empty()) {
            auto place = content.empty() ? placeOfValues(bytes, number) : content;
            if (content.empty() && known && (open || count * type->bytes != place.size())) {
                place = {}; // one number for all of them
            }
            m_parts.model().add({toDisplay(slice(m_file, m_node), 200), typeWord(number),
                open ? std::vector<std::uint64_t>{} : shape, place, {}});
        }
    }

    // Of a tensor whose numbers stand in the field of their type: packed, one behind the other. Texts stand each in a
    // field: from the first to the last of them. What is written otherwise has no place of its own.
    [[nodiscard]] ByteRange placeOfValues(ByteRange tensor, std::uint64_t type) const
    {
        const std::uint32_t wanted = type == 1 ? 5 : type == 2 ? 6 : type == stringType ? 8 : 0;
        ByteRange out;
        std::uint64_t fields = 0;
        ProtoReader reader(m_file, tensor);
        for (ProtoField field; wanted != 0 && reader.next(field);) {
            if (field.number == wanted) {
                out = {fields == 0 ? field.bytes.start : out.start, field.bytes.end};
                fields += field.wire == ProtoWire::Bytes ? 1 : 2; // one for each number is not packed
            }
        }
        return type == stringType || fields == 1 ? out : ByteRange{};
    }

    void asset(ByteRange name)
    {
        ++m_assets;
        m_parts.pointTo("asset", name);
        const auto escape = escapeOf(slice(m_file, name));
        if (escape != PathEscape::None) {
            m_parts.flaw("tf-asset-path", name, {}, " " + std::string(toString(escape)));
        }
    }

    void info(ByteRange bytes)
    {
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; reader.next(field);) {
            if (field.number == 5 && field.wire == ProtoWire::Bytes) {
                m_parts.model().producer = "TensorFlow " + toDisplay(slice(m_file, field.bytes), 60);
                m_parts.field("tensorflow_version", field.bytes);
            } else if (field.number == 4 && field.wire == ProtoWire::Bytes) {
                m_parts.field("tag", field.bytes);
            }
        }
    }

    // Keras wrote its configuration here before it had a file of its own.
    void userObject(ByteRange bytes)
    {
        const auto metadata = lastBytes(m_file, bytes, 3);
        if (slice(m_file, metadata).starts_with('{')) {
            readKerasConfig(metadata, m_parts, m_budget);
        }
    }

    // What is neither TensorFlow's nor a function of the graph.
    void tellUnknown()
    {
        Uses all;
        for (const auto& [name, uses] : m_unknown) {
            if (name.empty() || !m_functions.contains(name)) {
                const bool earlier = all.count == 0 || uses.first.start < all.first.start;
                all = {earlier ? uses.first : all.first, all.count + uses.count};
            }
        }
        if (all.count > 0) {
            m_parts.flaw("tf-unknown-op", all.first);
            m_parts.model().flaws.back().count = all.count;
        }
    }

    void tellTables()
    {
        if (!m_tables.empty()) {
            m_parts.flaw(m_assets > 0 ? "tf-vocabulary" : "tf-table-file", m_tables);
        }
    }

    void finish(const ProtoWalk& walk)
    {
        auto& out = m_parts.facts();
        out.coverage.understood = m_file.size();
        if (const auto& trouble = walk.trouble(); trouble.kind != ProtoTrouble::None) {
            const auto at = std::min<std::uint64_t>(trouble.at, m_file.size());
            m_parts.model().addFlaw(
                "tf-broken", {at, std::min<std::uint64_t>(at + 1, m_file.size())}, std::string(toString(trouble.kind)));
            noteOnce(out, "protobuf-broken", "A message cannot be read to its end", at);
            out.coverage.understood -= std::min(out.coverage.understood, trouble.message.end - at);
        }
        if (walk.tooDeepAt() != 0) {
            m_parts.model().addFlaw(
                "tf-too-deep", {walk.tooDeepAt(), walk.tooDeepAt()}, std::to_string(ProtoWalk::mostDepth));
            noteOnce(
                out, "too-deep", "Messages are nested too deeply; the inner ones were not looked at", walk.tooDeepAt());
        }
        if (walk.stopped()) {
            noteOnce(out, "stopped", "Reading stopped early", 0);
        }
    }

    ModelParts& m_parts;
    ByteView m_file;
    Budget& m_budget;
    ByteRange m_node; // name of the one that is walked
    ByteRange m_key; // of its attribute
    ByteRange m_tables; // the first operator that reads a table
    std::uint64_t m_assets = 0;
    std::set<ByteView> m_opening; // operators
    Message m_root = Nothing;
    bool m_restores = false;
    std::set<ByteView> m_functions;
    std::map<ByteView, Uses> m_unknown; // operators, by name
    std::vector<Counted> m_counted;
    std::vector<Around> m_around; // of those, what the walk is inside of
};

} // namespace

void readGraphs(Kind kind, ModelParts& parts, Budget& budget)
{
    const auto root = kind == Kind::SavedModel ? SavedModel : kind == Kind::MetaGraph ? MetaGraph : Graph;
    GraphReader(parts, budget).run(root);
}

} // namespace cupel::formats::tensorflow
