// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/diff_model.h"

#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/report/writers/text_unicode.h"
#include "analyzers/review/model_figures.h"

#include <algorithm>
#include <utility>

namespace cupel::cli {

namespace {

using report::JsonStream;
using report::printable;
using review::figure;
using review::ModelChange;
using review::ModelComparison;

constexpr std::size_t mostLines = 100; // of each list, for people

const char* sign(ModelChange kind)
{
    return kind == ModelChange::Added  ? "+ "
        : kind == ModelChange::Removed ? "- "
        : kind == ModelChange::Renamed ? "> "
                                       : "~ ";
}

std::string shapeText(const std::vector<std::uint64_t>& shape)
{
    return shape.empty() ? "scalar" : review::shapeFigure(shape);
}

std::string sideText(const review::TensorSide& side)
{
    return printable(side.dtype) + "  " + shapeText(side.shape);
}

std::string rangeText(const formats::SideValues& side)
{
    std::string out = side.finite() == 0
        ? "no finite number"
        : figure(side.least) + " to " + figure(side.most) + ", mean " + figure(side.mean);
    out += side.notNumbers > 0 ? ", " + std::to_string(side.notNumbers) + " NaN" : "";
    return out + (side.infinite > 0 ? ", " + std::to_string(side.infinite) + " infinite" : "");
}

// A change into NaN has no size: it is counted, not measured.
std::string changeText(const formats::TensorDifference& values)
{
    std::string out = review::shareFigure(values.changed, values.after.count) + " of the elements changed ("
        + std::to_string(values.changed) + ")";
    out += values.measured > 0 || values.changed == 0 ? ", by at most " + figure(values.largest) : "";
    for (const auto& [count, what] : {std::pair(values.toNotNumber, "NaN"), std::pair(values.toInfinite, "infinite"),
             std::pair(values.toFinite, "finite")}) {
        out += count > 0 ? ", " + std::to_string(count) + " became " + what : "";
    }
    return out;
}

std::string tensorText(const review::TensorChange& change, const report::Paint& paint)
{
    const auto& file = (change.after ? change.after : change.before)->file;
    std::string out =
        sign(change.kind) + printable(change.name) + (file.empty() ? "" : " in " + printable(file)) + "  ";
    if (change.kind == ModelChange::Renamed) {
        return out + "was " + printable(change.was) + "  " + paint.dim(sideText(*change.after));
    }
    if (change.kind != ModelChange::Changed) {
        return out + paint.dim(sideText(change.before ? *change.before : *change.after));
    }
    const bool form = change.before->dtype != change.after->dtype || change.before->shape != change.after->shape;
    out +=
        paint.dim(form ? sideText(*change.before) + "  \u2192  " + sideText(*change.after) : sideText(*change.after));
    if (!change.difference) {
        return out + (change.values && !form ? ", other bytes" : "");
    }
    const auto& values = *change.difference;
    if (values.paired) {
        out += "\n          " + changeText(values);
    }
    return out + "\n          " + (values.before.known ? rangeText(values.before) : "unknown") + "  \u2192  "
        + (values.after.known ? rangeText(values.after) : "unknown");
}

std::string linesText(const review::TemplateChange& change, const char* what)
{
    using Kind = fixes::PreviewRow::Kind;
    std::string out = sign(change.kind) + (change.name.empty() ? std::string(what) : printable(change.name))
        + (change.file.empty() ? "" : "  in " + printable(change.file));
    std::size_t lines = 0;
    for (const auto& row : change.rows) {
        const auto line = [&](const char* mark, const std::string& text) {
            if (++lines <= mostLines) {
                out += std::string("\n          ") + mark + printable(text);
            }
        };
        if (row.kind == Kind::Folded) {
            line("  ", "\u2026 " + report::counted(row.folded, "line") + " as before");
        } else if (row.kind == Kind::Same) {
            line("  ", row.after.text);
        }
        if (row.kind == Kind::Removed || row.kind == Kind::Changed) {
            line("- ", row.before.text);
        }
        if (row.kind == Kind::Added || row.kind == Kind::Changed) {
            line("+ ", row.after.text);
        }
    }
    return out + (lines > mostLines ? "\n          \u2026 " + std::to_string(lines - mostLines) + " more" : "");
}

// A heading with how many came, went and stayed, then the first ones.
template <typename List, typename Line>
void listText(const char* title, const List& list, std::size_t same, const report::Paint& paint, std::string& out,
    const Line& line)
{
    if (list.empty() && same == 0) {
        return;
    }
    const auto tally = review::tallyOf(list);
    std::string counts;
    for (const auto& [count, kind] :
        {std::pair(tally.added, ModelChange::Added), std::pair(tally.removed, ModelChange::Removed),
            std::pair(tally.changed, ModelChange::Changed), std::pair(tally.renamed, ModelChange::Renamed)}) {
        counts += count > 0 ? std::to_string(count) + ' ' + std::string(toString(kind)) + ", " : "";
    }
    out += "  " + paint.bold(title) + "  " + paint.dim(counts + std::to_string(same) + " as before") + "\n";
    for (std::size_t i = 0; i < std::min(list.size(), mostLines); ++i) {
        out += "    " + line(list[i]) + "\n";
    }
    if (list.size() > mostLines) {
        out += "    \u2026 " + std::to_string(list.size() - mostLines) + " more\n";
    }
}

std::string memberText(const review::MemberChange& change, const report::Paint& paint)
{
    std::string sizes;
    for (const auto& side : {change.before, change.after}) {
        sizes += !side ? "" : (sizes.empty() ? "" : "  \u2192  ") + report::humanBytes(side->bytes);
    }
    return sign(change.kind) + printable(change.name) + "  " + paint.dim(sizes)
        + (change.bytes ? ", " + bytesText(*change.bytes) : "");
}

// Beginnings only: templates are compared line by line below.
std::string valueText(const std::string& value)
{
    constexpr std::size_t most = 60;
    return printable(toDisplay(value, most)) + (value.size() > most ? "\u2026" : "");
}

std::string fieldText(const review::FieldChange& change)
{
    const auto values = change.kind == ModelChange::Added ? valueText(change.after)
        : change.kind == ModelChange::Removed             ? valueText(change.before)
                                              : valueText(change.before) + "  \u2192  " + valueText(change.after);
    return sign(change.kind) + printable(change.key) + "  " + values;
}

std::string nameText(const review::NameChange& change)
{
    const auto counts = change.kind != ModelChange::Changed
        ? std::string()
        : "  " + std::to_string(change.before) + "  \u2192  " + std::to_string(change.after);
    return sign(change.kind) + printable(change.name) + counts
        + (change.file.empty() ? std::string() : "  in " + printable(change.file));
}

void sideJson(const formats::SideValues& side, std::string_view name, JsonStream& json)
{
    if (!side.known) {
        json.nullField(name);
        return;
    }
    json.objectField(name);
    const bool some = side.finite() > 0;
    const auto number = [&](std::string_view key, double value) {
        json.key(key);
        some ? json.real(value) : json.null();
    };
    number("min", side.least);
    number("max", side.most);
    number("mean", side.mean);
    json.field("elements", side.count);
    json.field("nan", side.notNumbers);
    json.field("infinite", side.infinite);
    json.endObject();
}

void tensorSideJson(const std::optional<review::TensorSide>& side, std::string_view name, JsonStream& json)
{
    if (!side) {
        json.nullField(name);
        return;
    }
    json.objectField(name);
    json.field("dtype", side->dtype);
    json.arrayField("shape");
    for (const auto extent : side->shape) {
        json.number(extent);
    }
    json.endArray();
    json.field("file", side->file);
    side->sha256.empty() ? json.nullField("sha256") : json.field("sha256", side->sha256);
    json.endObject();
}

void tensorsJson(const ModelComparison& model, JsonStream& json)
{
    json.arrayField("tensors");
    for (const auto& change : model.tensors) {
        json.beginObject();
        json.field("change", toString(change.kind));
        json.field("name", change.name);
        change.was.empty() ? json.nullField("was") : json.field("was", change.was);
        tensorSideJson(change.before, "before", json);
        tensorSideJson(change.after, "after", json);
        json.field("valuesChanged", change.values);
        if (change.difference) {
            const auto& values = *change.difference;
            json.objectField("values");
            sideJson(values.before, "before", json);
            sideJson(values.after, "after", json);
            values.paired ? json.field("changedElements", values.changed) : json.nullField("changedElements");
            json.key("changedShare");
            values.paired&& values.after.count > 0
                ? json.real(static_cast<double>(values.changed) / static_cast<double>(values.after.count))
                : json.null();
            json.key("largestDifference");
            values.paired && (values.measured > 0 || values.changed == 0) ? json.real(values.largest) : json.null();
            for (const auto& [name, count] : {std::pair("becameNan", values.toNotNumber),
                     std::pair("becameInfinite", values.toInfinite), std::pair("becameFinite", values.toFinite)}) {
                values.paired ? json.field(name, count) : json.nullField(name);
            }
            json.endObject();
        }
        json.endObject();
    }
    json.endArray();
}

void membersJson(const ModelComparison& model, JsonStream& json)
{
    json.arrayField("members");
    for (const auto& change : model.members) {
        json.beginObject();
        json.field("change", toString(change.kind));
        json.field("name", change.name);
        for (const auto& [name, side] : {std::pair("before", &change.before), std::pair("after", &change.after)}) {
            if (!*side) {
                json.nullField(name);
                continue;
            }
            json.objectField(name);
            json.field("bytes", (*side)->bytes);
            json.field("sha256", (*side)->sha256);
            json.endObject();
        }
        if (change.bytes) {
            bytesJson(*change.bytes, json);
        }
        json.endObject();
    }
    json.endArray();
}

void linesJson(const std::vector<review::TemplateChange>& list, std::string_view title, JsonStream& json)
{
    json.arrayField(title);
    for (const auto& change : list) {
        using Kind = fixes::PreviewRow::Kind;
        json.beginObject();
        json.field("change", toString(change.kind));
        json.field("name", change.name);
        json.field("file", change.file);
        json.arrayField("lines");
        for (const auto& row : change.rows) {
            const auto line = [&json](const char* kind, const fixes::PreviewSide& side) {
                json.beginObject();
                json.field("change", kind);
                json.field("line", side.number);
                json.field("text", side.text);
                json.endObject();
            };
            if (row.kind == Kind::Removed || row.kind == Kind::Changed) {
                line("removed", row.before);
            }
            if (row.kind == Kind::Added || row.kind == Kind::Changed) {
                line("added", row.after);
            }
        }
        json.endArray();
        json.endObject();
    }
    json.endArray();
}

void metadataJson(const ModelComparison& model, JsonStream& json)
{
    json.arrayField("metadata");
    for (const auto& change : model.metadata) {
        json.beginObject();
        json.field("change", toString(change.kind));
        json.field("key", change.key);
        json.field("file", change.file);
        change.kind == ModelChange::Added ? json.nullField("before") : json.field("before", change.before);
        change.kind == ModelChange::Removed ? json.nullField("after") : json.field("after", change.after);
        json.endObject();
    }
    json.endArray();
}

void namesJson(const std::vector<review::NameChange>& list, std::string_view title, JsonStream& json)
{
    json.arrayField(title);
    for (const auto& change : list) {
        json.beginObject();
        json.field("change", toString(change.kind));
        json.field("name", change.name);
        json.field("file", change.file);
        json.field("before", change.before);
        json.field("after", change.after);
        json.endObject();
    }
    json.endArray();
}

} // namespace

std::string bytesText(const review::ByteDifference& bytes)
{
    return (bytes.counted ? "" : "at least ") + counted(bytes.differing, "byte differs", "bytes differ")
        + ", the first at byte " + std::to_string(bytes.first);
}

void bytesJson(const review::ByteDifference& bytes, JsonStream& json)
{
    json.objectField("bytes");
    json.field("differing", bytes.differing);
    json.field("first", bytes.first);
    json.field("counted", bytes.counted);
    json.endObject();
}

std::string modelDiffText(const ModelComparison& model, const report::Paint& paint)
{
    const auto kind = [](const std::string& text) { return text.empty() ? std::string("no model") : printable(text); };
    std::string out = paint.bold("Model") + "  "
        + paint.dim(model.kindBefore == model.kindAfter ? kind(model.kindAfter)
                                                        : kind(model.kindBefore) + "  \u2192  " + kind(model.kindAfter))
        + "\n";
    listText("Members", model.members, model.sameMembers.count, paint, out,
        [&](const review::MemberChange& change) { return memberText(change, paint); });
    listText("Tensors", model.tensors, model.sameTensors.count, paint, out,
        [&](const review::TensorChange& change) { return tensorText(change, paint); });
    if (model.notCompared > 0) {
        out += "    " + report::counted(model.notCompared, "tensor")
            + " alike in type and shape, but their numbers are not in both versions\n";
    }
    listText("Metadata", model.metadata, model.sameMetadata.count, paint, out, fieldText);
    listText("Templates", model.templates, model.sameTemplates.count, paint, out,
        [](const review::TemplateChange& change) { return linesText(change, "template"); });
    listText("Programs", model.programs, model.samePrograms.count, paint, out,
        [](const review::TemplateChange& change) { return linesText(change, "what loading does"); });
    listText("Callables", model.callables, model.sameCallables.count, paint, out, nameText);
    listText("Operators", model.operators, model.sameOperators.count, paint, out, nameText);
    return out + (model.complete ? "" : "  Not everything could be compared.\n") + "\n";
}

void modelDiffJson(const ModelComparison& model, JsonStream& json)
{
    json.objectField("model");
    for (const auto& [name, kind] :
        {std::pair("kindBefore", &model.kindBefore), std::pair("kindAfter", &model.kindAfter)}) {
        kind->empty() ? json.nullField(name) : json.field(name, *kind);
    }
    json.field("complete", model.complete);
    json.objectField("same");
    json.field("members", std::uint64_t{model.sameMembers.count});
    json.field("tensors", std::uint64_t{model.sameTensors.count});
    json.field("tensorsNotCompared", std::uint64_t{model.notCompared});
    json.field("metadata", std::uint64_t{model.sameMetadata.count});
    json.field("templates", std::uint64_t{model.sameTemplates.count});
    json.field("programs", std::uint64_t{model.samePrograms.count});
    json.field("callables", std::uint64_t{model.sameCallables.count});
    json.field("operators", std::uint64_t{model.sameOperators.count});
    json.endObject();
    membersJson(model, json);
    tensorsJson(model, json);
    metadataJson(model, json);
    linesJson(model.templates, "templates", json);
    linesJson(model.programs, "programs", json);
    namesJson(model.callables, "callables", json);
    namesJson(model.operators, "operators", json);
    json.endObject();
}

} // namespace cupel::cli
