// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/inspection_model.h"

#include "app/cli/inspection.h"

#include "analyzers/formats/pickle/pickle_facts.h"
#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>

namespace cupel::cli {

namespace {

using report::JsonStream;
using report::printable;

constexpr std::size_t mostTextLines = 100; // of each part, for people
constexpr std::size_t longestValue = 4 << 20; // of one value, for programs
constexpr std::size_t longestTemplate = 1 << 20; // for people

std::string shapeText(const std::vector<std::uint64_t>& shape)
{
    std::string out;
    for (const auto extent : shape) {
        out += (out.empty() ? "" : " \u00d7 ") + std::to_string(extent);
    }
    return shape.empty() ? "scalar" : out;
}

void range(JsonStream& json, ByteRange bytes)
{
    json.field("start", bytes.start);
    json.field("end", bytes.end);
}

// Where its numbers stand as a text, as protocols of pickles before 3 write bytes.
const ByteRange* textOf(const Analysis& analysis, const ModelTensor& tensor)
{
    const auto* pickle = formats::pickleFacts(analysis.facts);
    const auto index = static_cast<std::size_t>(&tensor - analysis.facts.model->tensors.data());
    const auto found = pickle ? pickle->textTensors.find(index) : decltype(pickle->textTensors.end())();
    return pickle && found != pickle->textTensors.end() ? &found->second : nullptr;
}

void tensorsJson(const Analysis& analysis, const Redactor& redactor, JsonStream& json)
{
    const auto& model = *analysis.facts.model;
    json.field("tensorCount", model.tensorCount);
    json.field("parameterCount", model.parameterCount);
    json.arrayField("tensors");
    for (const auto& tensor : model.tensors) {
        json.beginObject();
        json.field("name", redactor.name(tensor.name));
        json.field("dtype", redactor.name(tensor.dtype));
        json.arrayField("shape");
        for (const auto extent : tensor.shape) {
            json.number(extent);
        }
        json.endArray();
        range(json, tensor.bytes);
        if (!tensor.storedIn.empty()) {
            json.field("storedIn", redactor.name(tensor.storedIn));
        }
        if (const auto* text = textOf(analysis, tensor)) {
            json.objectField("text");
            range(json, *text);
            json.endObject();
        } else if (!tensor.hasData) {
            json.field("hasData", false);
        }
        json.endObject();
    }
    json.endArray();
}

void graphJson(const ModelContent& model, const Redactor& redactor, JsonStream& json)
{
    json.arrayField("operators");
    for (const auto& one : model.operators) {
        json.beginObject();
        json.field("name", redactor.name(one.name));
        if (!one.domain.empty()) {
            json.field("domain", redactor.name(one.domain));
        }
        json.field("count", one.count);
        range(json, one.bytes);
        json.endObject();
    }
    json.endArray();
    json.arrayField("references");
    for (const auto& one : model.references) {
        json.beginObject();
        json.field("what", one.what);
        json.field("target", redactor.name(one.target));
        range(json, one.bytes);
        json.endObject();
    }
    json.endArray();
}

// The first ones, and how many more there are.
template <typename List, typename Line>
void listText(const char* title, const List& list, std::uint64_t all, const report::Paint& paint,
    const report::TextSink& sink, const Line& line)
{
    if (list.empty()) {
        return;
    }
    sink("\n  " + paint.bold(title) + "\n");
    const auto shown = std::min<std::size_t>(list.size(), mostTextLines);
    for (std::size_t i = 0; i < shown; ++i) {
        sink("    " + line(list[i]) + "\n");
    }
    if (shown < all) {
        sink("    \u2026 " + std::to_string(all - shown) + " more\n");
    }
}

// The beginning of a value, and how much more there is.
std::string valueText(const Analysis& analysis, const Redactor& redactor, const ModelField& field)
{
    const auto all = wholeValue(analysis, redactor, field, 0);
    const auto left = all.bytes - std::min<std::uint64_t>(all.bytes, field.value.size());
    return printable(redactor.name(field.value))
        + (all.cut && left > 0 ? "\u2026 (" + report::counted(left, "byte") + " more; -f json has all of it)" : "");
}

// Programs for whoever shows a conversation: all of their lines.
void templatesText(
    const Analysis& analysis, const Redactor& redactor, const report::Paint& paint, const report::TextSink& sink)
{
    for (const auto& region : analysis.facts.regions) {
        if (region.kind != RegionKind::Template) {
            continue;
        }
        const auto size = measure(analysis, region);
        sink("\n  " + paint.bold("Template " + printable(redactor.name(region.name))) + "  "
            + paint.dim(report::counted(size.lines, "line") + ", " + report::counted(size.bytes, "byte")) + "\n");
        const auto text = redactor.text(region, longestTemplate);
        for (std::size_t start = 0; start < text.size();) {
            const auto end = std::min(text.find('\n', start), text.size());
            sink("    " + paint.dim("\u2502 ") + printable(std::string_view(text).substr(start, end - start)) + "\n");
            start = end + 1;
        }
        if (size.bytes > longestTemplate) {
            sink("    " + paint.dim("\u2502 ")
                + "\u2026 the rest is not shown: " + report::counted(size.bytes - longestTemplate, "byte") + "\n");
        }
    }
}

} // namespace

void modelJson(const Analysis& analysis, JsonStream& json)
{
    if (!analysis.facts.model) {
        return;
    }
    const auto& model = *analysis.facts.model;
    const Redactor redactor(analysis);
    json.field("kind", redactor.name(model.kind));
    if (!model.producer.empty()) {
        json.field("producer", redactor.name(model.producer));
    }
    json.arrayField("metadata");
    for (const auto& item : model.metadata) {
        json.beginObject();
        json.field("key", redactor.name(item.key));
        const auto value = wholeValue(analysis, redactor, item, longestValue);
        json.field("value", value.text);
        if (value.cut) {
            json.field("truncated", true);
        }
        range(json, item.bytes);
        json.endObject();
    }
    json.endArray();
    tensorsJson(analysis, redactor, json);
    graphJson(model, redactor, json);
}

void modelText(const Analysis& analysis, const report::Paint& paint, const report::TextSink& sink)
{
    if (!analysis.facts.model) {
        return;
    }
    const auto& model = *analysis.facts.model;
    const Redactor redactor(analysis);
    const auto shown = [&redactor](const std::string& text) { return printable(redactor.name(text)); };
    sink("  " + paint.dim("kind") + "        " + shown(model.kind)
        + (model.producer.empty() ? std::string() : ", written by " + shown(model.producer)) + "\n");
    if (model.tensorCount > 0) {
        sink("  " + paint.dim("tensors") + "     " + std::to_string(model.tensorCount) + ", "
            + report::counted(model.parameterCount, "element") + "\n");
    }
    listText("Metadata", model.metadata, model.metadata.size(), paint, sink, [&](const ModelField& item) {
        return shown(item.key) + "  " + paint.dim(valueText(analysis, redactor, item));
    });
    templatesText(analysis, redactor, paint, sink);
    listText("Tensors", model.tensors, model.tensorCount, paint, sink, [&](const ModelTensor& tensor) {
        const auto place = textOf(analysis, tensor) ? std::string("  as a text")
            : !tensor.hasData                       ? std::string("  no data")
            : tensor.storedIn.empty()               ? std::string()
                                                    : "  in " + shown(tensor.storedIn);
        return shown(tensor.name) + "  " + paint.dim(shown(tensor.dtype) + "  " + shapeText(tensor.shape) + place);
    });
    listText("Operators", model.operators, model.operators.size(), paint, sink, [&](const ModelOperator& one) {
        const auto domain = one.domain.empty() ? std::string() : shown(one.domain) + "::";
        return domain + shown(one.name) + "  " + paint.dim(std::to_string(one.count));
    });
    listText("Points to", model.references, model.references.size(), paint, sink,
        [&](const ModelReference& one) { return shown(one.target) + "  " + paint.dim(one.what); });
}

} // namespace cupel::cli
