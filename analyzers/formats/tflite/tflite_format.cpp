// SPDX-License-Identifier: GPL-3.0-or-later
// TensorFlow Lite and Circle: a FlatBuffer whose offsets are all checked, operators that need libraries, and the zip
// with associated files that may stand behind it. schema.fbs of TensorFlow Lite 3.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/flatbuffer.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/tf_operators.h"
#include "analyzers/formats/tflite/tflite_layout.h"
#include "analyzers/formats/tflite/tflite_names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <limits>
#include <memory>

namespace cupel::formats::tflite {

namespace {

using namespace std::string_view_literals;

constexpr std::uint64_t mostTables = 1'000'000;
constexpr std::uint64_t mostIndices = 8'000'000; // of all lists: operators may share one

struct TypeRow {
    std::string_view word;
    std::uint64_t bits; // 0: no fixed size
};
constexpr TypeRow types[] = {{"F32", 32}, {"F16", 16}, {"I32", 32}, {"U8", 8}, {"I64", 64}, {"string", 0}, {"BOOL", 8},
    {"I16", 16}, {"C64", 64}, {"I8", 8}, {"F64", 64}, {"C128", 128}, {"U64", 64}, {"resource", 0}, {"variant", 0},
    {"U32", 32}, {"U16", 16}, {"I4", 4}, {"BF16", 16}, {"I2", 2}};

// Operators of the project that are called custom: their code is part of its libraries.
constexpr std::array<std::string_view, 12> usualCustom{"TFLite_Detection_PostProcess", "Convolution2DTransposeBias",
    "MaxPoolingWithArgmax2D", "MaxUnpooling2D", "NumericVerify", "Mfcc", "AudioSpectrogram", "RFFT2D", "Mean",
    "ReadVariable", "AssignVariable", "SignalFramer"};

class Reader {
public:
    Reader(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
        : m_flat(artifact.view())
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
        , m_parts(artifact.view(), out, model)
    {
    }

    void run()
    {
        const auto root = m_flat.root();
        m_model.kind += ", version " + std::to_string(m_flat.value(root, 0, 4, 0));
        if (const auto text = m_flat.text(root, 3); !text.empty()) {
            m_parts.field("description", text);
        }
        readBuffers(root);
        readCodes(root);
        eachTable(m_flat.vector(root, 2, 4), [this](const FlatReader::Table& graph) { subgraph(graph); });
        eachTable(m_flat.vector(root, 6, 4), [this](const FlatReader::Table& entry) { metadata(entry); });
        appended();
        leftover(root);
        m_out.coverage.understood = m_end != 0     ? m_end
            : m_out.status == ReadStatus::Complete ? m_flat.bytes().size()
                                                   : 0;
    }

private:
    struct Buffer {
        ByteRange bytes;
        ByteRange text; // without zeros behind it
        bool outside = false;
        bool trimmed = false;
    };

    template <typename Take> void eachTable(const FlatVector& list, const Take& take)
    {
        for (std::uint64_t i = 0; i < list.size(); ++i) {
            if (++m_tables > mostTables || !m_budget.spend(32)) {
                noteOnce(m_out, "too-many-tables", "There are more tables than the limit", list.start());
                return;
            }
            take(m_flat.followTable(list.start() + 4 * i));
        }
    }

    void readBuffers(const FlatReader::Table& root)
    {
        const auto size = m_flat.bytes().size();
        eachTable(m_flat.vector(root, 4, 4), [&](const FlatReader::Table& table) {
            Buffer buffer;
            const auto data = m_flat.vector(table, 0, 1);
            buffer.bytes = {data.start(), data.start() + data.size()};
            // Large models keep data behind the FlatBuffer.
            const auto offset = m_flat.value(table, 1, 8, 0);
            const auto length = m_flat.value(table, 2, 8, 0);
            if (offset > 1) {
                buffer.outside = offset > size || length > size - offset;
                buffer.bytes = buffer.outside ? ByteRange{} : ByteRange{offset, offset + length};
            }
            if (buffer.outside) {
                m_model.addFlaw("tflite-buffer", {table.at, table.at + 4}, "a buffer lies outside of the file");
            }
            buffer.text = buffer.bytes;
            m_buffers.push_back(buffer);
        });
    }

    void readCodes(const FlatReader::Table& root)
    {
        eachTable(m_flat.vector(root, 1, 4), [&](const FlatReader::Table& code) {
            // The old field has one byte; the new one counts when it is larger.
            const auto old = m_flat.value(code, 0, 1, 0);
            const auto number = std::max(old, m_flat.value(code, 3, 4, 0));
            const auto name = m_flat.text(code, 1);
            m_codes.push_back({number, name, code.at});
            if (number == customOperator) {
                custom(name, code.at);
            } else if (number >= std::size(builtIns)) {
                m_model.addFlaw("tflite-unknown-op", {code.at, code.at}, std::to_string(number));
            }
        });
    }

    void custom(ByteRange place, std::uint64_t code)
    {
        const auto name = slice(m_flat.bytes(), place);
        const ByteRange where = place.empty() ? ByteRange{code, code} : place;
        if (!name.starts_with("Flex")) {
            const bool usual = std::find(usualCustom.begin(), usualCustom.end(), name) != usualCustom.end();
            m_parts.flaw(usual ? "tflite-usual-custom" : "tflite-custom-op", where);
            return;
        }
        switch (classify(name.substr(4))) {
        case TfOperator::Code:
            m_parts.flaw("tf-code-op", where);
            break;
        case TfOperator::Files:
            m_parts.flaw("tf-file-op", where);
            break;
        case TfOperator::Network:
            m_parts.flaw("tf-network-op", where);
            break;
        case TfOperator::Suspicious:
        case TfOperator::Vocabulary:
            m_parts.flaw("tf-suspicious-op", where);
            break;
        case TfOperator::Unknown:
            m_parts.flaw("tf-unknown-op", where);
            break;
        case TfOperator::Library:
        case TfOperator::Known:
            m_parts.flaw("tflite-flex-op", where);
            break;
        }
    }

    void subgraph(const FlatReader::Table& graph)
    {
        std::uint64_t tensors = 0;
        eachTable(m_flat.vector(graph, 0, 4), [&](const FlatReader::Table& one) {
            ++tensors;
            tensor(one);
        });
        for (const unsigned list : {1U, 2U}) {
            indices(m_flat.vector(graph, list, 4), tensors);
        }
        eachTable(m_flat.vector(graph, 3, 4), [&](const FlatReader::Table& one) {
            const auto index = m_flat.value(one, 0, 4, 0);
            if (index >= m_codes.size()) {
                m_model.addFlaw("tflite-buffer", {one.at, one.at + 4}, "an operator has a number that does not exist");
                return;
            }
            const auto& code = m_codes[index];
            const bool named = code.number == customOperator || code.number >= std::size(builtIns);
            m_parts.useOperator(named ? slice(m_flat.bytes(), code.name) : builtIns[code.number],
                code.number == customOperator ? "custom" : "", {one.at, one.at + 4});
            indices(m_flat.vector(one, 1, 4), tensors);
            indices(m_flat.vector(one, 2, 4), tensors);
        });
    }

    // Tensors by number; -1 is none.
    void indices(const FlatVector& list, std::uint64_t tensors)
    {
        for (std::uint64_t i = 0; i < list.size() && m_budget.spend(4); ++i) {
            if (++m_indices > mostIndices) {
                noteOnce(m_out, "too-many-indices", "There are more numbers of tensors than the limit", list.start());
                return;
            }
            const auto index = m_flat.number(list.start() + 4 * i, 4).value_or(0);
            if (index >= tensors && index != 0xFFFF'FFFF) {
                m_model.addFlaw("tflite-buffer", {list.start() + 4 * i, list.start() + 4 * i + 4},
                    "a tensor has a number that does not exist");
                return;
            }
        }
    }

    void tensor(const FlatReader::Table& table)
    {
        std::vector<std::uint64_t> shape;
        const auto extents = m_flat.vector(table, 0, 4);
        bool negative = false;
        for (std::uint64_t i = 0; i < std::min<std::uint64_t>(extents.size(), 64); ++i) {
            const auto extent = m_flat.number(extents.start() + 4 * i, 4).value_or(0);
            negative = negative || extent > std::numeric_limits<std::int32_t>::max();
            shape.push_back(negative ? 0 : extent);
        }
        const auto type = m_flat.value(table, 1, 1, 0);
        const auto number = m_flat.value(table, 2, 4, 0);
        const auto name = m_flat.text(table, 3);
        const bool sparse = m_flat.field(table, 6, 4) != 0;
        const auto buffer = number < m_buffers.size() ? m_buffers[number] : Buffer{};
        if (number >= m_buffers.size() && number != 0) {
            m_model.addFlaw("tflite-buffer", {table.at, table.at + 4}, "a tensor has a buffer that does not exist");
        }
        const auto bits = type < std::size(types) ? types[type].bits : 0;
        const auto count = elementCount(shape);
        if (negative || extents.size() > 64 || type >= std::size(types)
            || (bits > 0 && !sparse && !buffer.bytes.empty()
                && (count > std::numeric_limits<std::uint64_t>::max() / bits - 8
                    || (count * bits + 7) / 8 > buffer.bytes.size()))) {
            m_model.addFlaw("tflite-tensor-size", {table.at, table.at + 4}, m_parts.quoted(name), {name});
        }
        ModelTensor out{toDisplay(slice(m_flat.bytes(), name), 200),
            type < std::size(types) ? std::string(types[type].word) : "type " + std::to_string(type), std::move(shape),
            buffer.bytes, {}};
        // What goes in, comes out or is worked out on the way has a buffer without bytes, by custom the first.
        out.hasData = !buffer.bytes.empty() || buffer.outside || count == 0;
        m_model.add(std::move(out));
    }

    void metadata(const FlatReader::Table& entry)
    {
        const auto name = m_flat.text(entry, 0);
        const auto buffer = m_flat.value(entry, 1, 4, 0);
        if (buffer < m_buffers.size()) {
            m_parts.field(toDisplay(slice(m_flat.bytes(), name), 120), textIn(m_buffers[buffer]));
        } else {
            m_model.addFlaw("tflite-buffer", {entry.at, entry.at + 4}, "metadata has a buffer that does not exist");
        }
    }

    // Texts of fixed length are filled up with zeros: asked once, however often metadata names the buffer.
    ByteRange textIn(Buffer& buffer)
    {
        const auto last = buffer.trimmed || !m_budget.spend(buffer.bytes.size())
            ? ByteView::npos
            : slice(m_flat.bytes(), buffer.bytes).find_last_not_of('\0');
        if (last != ByteView::npos) {
            buffer.text.end = buffer.text.start + last + 1;
        }
        buffer.trimmed = true;
        return buffer.text;
    }

    // A zip behind the model holds its associated files; the engine reads the file as a zip too.
    void appended()
    {
        const auto bytes = m_flat.bytes();
        constexpr std::size_t longestEnd = 66'000;
        const auto tail = bytes.size() > longestEnd ? bytes.size() - longestEnd : 0;
        const auto at = bytes.substr(tail).rfind("PK\5\6"sv);
        if (at != ByteView::npos) {
            m_model.addFlaw("tflite-appended", {tail + at, tail + at + 4});
            m_zipEnd = tail + at;
        }
    }

    void offsetFault(std::uint64_t offset)
    {
        const auto at = std::min<std::uint64_t>(offset, m_flat.bytes().size());
        m_model.addFlaw("flatbuffer-offset", {at, at}, std::to_string(at));
        noteOnce(m_out, "flatbuffer-offset", "An offset leads out of the file", offset);
    }

    // What no table leads to. Before the first member of a zip only filler may stand; what is wrong with the zip itself
    // says its own reading.
    void leftover(const FlatReader::Table& root)
    {
        const auto bytes = m_flat.bytes();
        if (!root) {
            m_model.addFlaw("flatbuffer-offset", {0, 4}, "0");
            noteOnce(m_out, "flatbuffer-offset", "An offset leads out of the file", m_flat.firstFault());
            return;
        }
        if (m_flat.faults() > 0) {
            offsetFault(m_flat.firstFault());
            return;
        }
        const auto layout = layoutOf(bytes, m_budget);
        if (layout.fault) {
            offsetFault(*layout.fault);
        } else if (!layout.known) {
            noteOnce(m_out, "layout-not-known", "Which bytes belong to nothing was not worked out", 0);
        }
        for (auto gap : layout.gaps) {
            if (m_zipEnd != 0 && gap.end == bytes.size()) {
                const auto first = slice(bytes, gap).find("PK\3\4"sv);
                gap.end = first == ByteView::npos ? std::max(gap.start, m_zipEnd) : gap.start + first;
            }
            if (!isFiller(slice(bytes, gap))) {
                const bool end = gap.end == bytes.size();
                m_model.addLeftover(layout.newer ? "tflite-unexplained" : end ? "tflite-trailing" : "tflite-hole", gap);
                if (end) {
                    m_end = gap.start;
                    noteOnce(m_out, "trailing-bytes",
                        counted(gap.size(), "byte belongs", "bytes belong") + " to no part of the model", gap.start);
                }
            }
        }
    }

    struct Code {
        std::uint64_t number;
        ByteRange name;
        std::uint64_t at;
    };
    FlatReader m_flat;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    ModelParts m_parts;
    std::uint64_t m_tables = 0;
    std::uint64_t m_indices = 0;
    std::uint64_t m_end = 0; // of the model, when other bytes follow; else 0
    std::uint64_t m_zipEnd = 0; // where its directory ends; 0: there is none
    std::vector<Buffer> m_buffers;
    std::vector<Code> m_codes;
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return head.size() >= 8 && (head.substr(4, 4) == "TFL3" || head.substr(4, 4) == "CIR0") ? 92 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    model->kind = bytes.substr(0, 8).ends_with("CIR0") ? "Circle" : "TensorFlow Lite";
    out.model = model;
    Reader(artifact, budget, out, *model).run();
}

} // namespace cupel::formats::tflite
