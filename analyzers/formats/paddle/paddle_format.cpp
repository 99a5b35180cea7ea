// SPDX-License-Identifier: GPL-3.0-or-later
// Programs of PaddlePaddle (.pdmodel, __model__): the message ProgramDesc, recognised by how its first block begins.
// Operators of all blocks are counted; some run Python or read and write files. framework.proto of Paddle 2.6.
#include "analyzers/base/budget.h"
#include "analyzers/base/outside_path.h"
#include "analyzers/base/protobuf.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/model_parts.h"
#include "analyzers/formats/proto_fields.h"

#include <algorithm>
#include <array>
#include <memory>

namespace cupel::formats::paddle {

namespace {

enum Message : std::uint8_t { Nothing, Program, Block, Operator, Attribute };

constexpr std::array shapes{
    ProtoShape{Program, 1, Block},
    ProtoShape{Block, 4, Operator},
    ProtoShape{Operator, 4, Attribute},
};
// What they do to files when the program runs.
constexpr std::array<std::string_view, 4> fileOperators{"save", "save_combine", "load", "load_combine"};
constexpr std::uint64_t worthSearching = 8; // bytes of a text

// Index and parent come first; the parent of the outermost block is -1, in ten bytes.
bool isFirstBlock(ByteView head, ByteRange block)
{
    ProtoReader reader(head, block);
    ProtoField index;
    ProtoField parent;
    return reader.next(index) && index.number == 1 && index.wire == ProtoWire::Varint && index.value == 0
        && reader.next(parent) && parent.number == 2 && parent.wire == ProtoWire::Varint
        && static_cast<std::int32_t>(static_cast<std::uint32_t>(parent.value)) == -1;
}

class Reader {
public:
    Reader(ModelParts& parts, Budget& budget)
        : m_parts(parts)
        , m_file(parts.file())
        , m_budget(budget)
    {
    }

    void run()
    {
        ProtoWalk walk(m_file, shapes, m_budget);
        walk.push(Program, {0, m_file.size()});
        for (ProtoMessage message; walk.next(message);) {
            if (message.kind == Operator) {
                readOperator(message.bytes);
            } else if (message.kind == Attribute) {
                readAttribute(message.bytes);
            }
        }
        if (const auto& trouble = walk.trouble(); trouble.kind != ProtoTrouble::None) {
            const auto at = std::min<std::uint64_t>(trouble.at, m_file.size());
            m_parts.model().addFlaw("paddle-broken", {at, std::min<std::uint64_t>(at + 1, m_file.size())},
                std::string(toString(trouble.kind)));
            noteOnce(m_parts.facts(), "protobuf-broken", "A message cannot be read to its end", at);
        }
        if (walk.stopped()) {
            noteOnce(m_parts.facts(), "stopped", "Reading stopped early", 0);
        }
    }

private:
    void readOperator(ByteRange bytes)
    {
        const auto place = lastBytes(m_file, bytes, 3);
        const auto type = m_parts.text(place);
        m_parts.useOperator(type, {}, place.empty() ? bytes : place);
        if (type == "py_func" || type == "py_layer") {
            m_parts.flaw("paddle-python", place);
        } else if (std::find(fileOperators.begin(), fileOperators.end(), type) != fileOperators.end()) {
            m_parts.flaw("paddle-files", place);
        }
    }

    void readAttribute(ByteRange bytes)
    {
        const auto name = m_parts.text(lastBytes(m_file, bytes, 1));
        const auto text = lastBytes(m_file, bytes, 5);
        if (name == "file_path") {
            m_parts.pointTo("file", text);
            if (escapeOf(m_parts.text(text)) != PathEscape::None && !text.empty()) {
                m_parts.flaw("paddle-path", text);
            }
        }
        // Call stacks of whoever saved it are written into the attributes: paths and names of people.
        ProtoReader reader(m_file, bytes);
        for (ProtoField field; reader.next(field);) {
            const bool isText = field.number == 5 || field.number == 8;
            if (isText && field.wire == ProtoWire::Bytes && field.bytes.size() >= worthSearching) {
                m_parts.region(RegionKind::PlainText, field.bytes, toDisplay(name, 80));
            }
        }
    }

    ModelParts& m_parts;
    ByteView m_file;
    Budget& m_budget;
};

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view /*fileName*/)
{
    ProtoReader reader(head, {0, size});
    ProtoField field;
    return reader.next(field) && field.number == 1 && field.wire == ProtoWire::Bytes && isFirstBlock(head, field.bytes)
        ? 85
        : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto size = artifact.view().size();
    out.coverage = {size, size};
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    model->kind = "PaddlePaddle program";
    out.model = model;
    ModelParts parts(artifact.view(), out, *model);
    if (const auto version = lastBytes(parts.file(), {0, size}, 4); !version.empty()) {
        parts.number("version", lastNumber(parts.file(), version, 1, 0), version);
    }
    constexpr std::uint32_t lastField = 5; // of the program: blocks, versions of operators and its own
    eachUnknownField(parts.file(), {0, size}, lastField, budget, [&model](const ProtoField& field) {
        model->addLeftover(
            field.number == 0 ? "model-trailing" : "model-unknown-field", {field.start, field.bytes.end});
    });
    Reader(parts, budget).run();
}

} // namespace cupel::formats::paddle
