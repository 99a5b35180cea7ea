// SPDX-License-Identifier: GPL-3.0-or-later
// `cupel strip`: a copy of a model file without what is hidden in it, describes it or is poisoned. The file itself
// stays.
#include "app/cli/commands.h"
#include "app/cli/output.h"
#include "app/cli/signals.h"
#include "app/cli/terminal.h"
#include "app/cli/unread.h"

#include "analyzers/engine/scan.h"
#include "analyzers/engine/strip_copy.h"
#include "analyzers/report/writers/text.h"
#include "analyzers/report/writers/text_unicode.h"

#include <sys/stat.h>

namespace cupel::cli {

namespace {

using convert::StripPlan;
using report::counted;
using report::printable;

bool isSameFile(const std::string& a, const std::string& b)
{
    struct stat one{};
    struct stat other{};
    return ::stat(a.c_str(), &one) == 0 && ::stat(b.c_str(), &other) == 0 && one.st_dev == other.st_dev
        && one.st_ino == other.st_ino;
}

std::string textOf(const StripPlan& plan, const engine::StripOutcome* written, const std::string& target)
{
    std::string out;
    for (const auto& item : plan.items) {
        out += "  - " + std::string(describe(item.kind)) + (item.name.empty() ? "" : " " + printable(item.name)) + "  "
            + report::humanBytes(item.bytes) + " at byte " + std::to_string(item.place.start) + "\n";
    }
    for (const auto& note : plan.notes) {
        out += "  " + note + " --key takes it out all the same.\n";
    }
    for (const auto& kept : plan.kept) {
        out += "  " + printable(kept) + "\n";
    }
    if (plan.items.empty()) {
        out += plan.kept.empty() ? "Nothing of that is in it.\n" : "Nothing of that can be taken out.\n";
    }
    if (const auto form = convert::droppedForm(plan); form > 0) {
        out += "The copy is written anew without " + report::humanBytes(form)
            + " that only fill up between members or repeat what the directory says.\n";
    }
    if (!written) {
        const auto* none = target.empty() ? "" : "No copy is written.\n";
        out += plan.items.empty() ? none : "Can be taken out exactly. --out FILE writes the copy.\n";
    } else {
        const auto& proof = written->proof;
        out += "Written to " + printable(target) + ", " + report::humanBytes(plan.bytes)
            + ". Read again: " + (proof.tensors > 0 ? counted(proof.tensors, "tensor") + " with the same bytes, " : "")
            + (proof.members > 0 ? counted(proof.members, "member") + " with the same bytes, " : "")
            + counted(proof.gone, "finding") + " gone, none new.\n";
    }
    return out + "Nothing was run.\n";
}

void jsonOf(
    const StripPlan& plan, const engine::StripOutcome* written, const Arguments& arguments, report::JsonStream& json)
{
    json.beginObject();
    json.field("schema", "cupel.strip/1");
    json.field("path", arguments.paths.front());
    written ? json.field("written", arguments.out) : json.nullField("written");
    json.field("bytes", plan.bytes);
    json.arrayField("removed");
    for (const auto& item : plan.items) {
        json.beginObject();
        json.field("kind", toString(item.kind));
        item.name.empty() ? json.nullField("name") : json.field("name", item.name);
        json.field("bytes", item.bytes);
        json.field("start", item.place.start);
        json.field("end", item.place.end);
        json.endObject();
    }
    json.endArray();
    json.field("notes", plan.notes);
    json.field("kept", plan.kept);
    json.field("notWrittenAgain", convert::droppedForm(plan));
    if (written) {
        json.objectField("proof");
        json.field("tensors", std::uint64_t{written->proof.tensors});
        json.field("members", std::uint64_t{written->proof.members});
        json.field("findingsGone", std::uint64_t{written->proof.gone});
        json.endObject();
    } else {
        json.nullField("proof");
    }
    json.endObject();
    json.newline();
}

convert::StripWish wishOf(const Arguments& arguments)
{
    convert::StripWish wish{arguments.hidden, arguments.metadata, arguments.templates, arguments.keys};
    if (!wish.hidden && !wish.metadata && !wish.templates && wish.keys.empty()) {
        wish.hidden = true;
        wish.templates = true;
    }
    return wish;
}

} // namespace

Exit runStrip(const Arguments& arguments)
{
    catchSignals();
    const auto& path = arguments.paths.front();
    if (!arguments.out.empty() && isSameFile(path, arguments.out)) {
        complain("--out names the file itself; it is never changed");
        return Exit::Usage;
    }
    ScanOptions options;
    options.keepBytes = true;
    const auto before = engine::scanAll({path}, options);
    if (interrupted()) {
        return Exit::Interrupted;
    }
    if (const auto file = before.analyses.find(path); file != before.analyses.end()) {
        if (const auto exit = unread(*file->second)) {
            return *exit;
        }
    }
    const InterruptToken stop;
    Budget budget(Limits{}, stop.token());
    const auto plan = convert::planStrip(before, path, wishOf(arguments), budget);
    if (!plan) {
        complain("'" + path + "' is not stripped: " + plan.error().detail);
        return Exit::Usage;
    }
    engine::StripOutcome outcome;
    const bool write = !arguments.out.empty() && !plan.value().items.empty();
    if (write) {
        outcome = engine::writeStrippedCopy(plan.value(), before, arguments.out, options, budget);
        if (interrupted() && !outcome.trouble.empty()) {
            return Exit::Interrupted;
        }
        if (!outcome.trouble.empty()) {
            complain("'" + arguments.out + "' is not written: " + outcome.trouble);
            return outcome.proof.broken.empty() ? Exit::Internal : Exit::VerificationFailed;
        }
    }
    const auto* written = write ? &outcome : nullptr;
    const auto output = standardOutput();
    if (arguments.format == "json") {
        report::JsonStream json(output->sink(), report::JsonStream::Layout::Indented);
        jsonOf(plan.value(), written, arguments, json);
    } else if (!arguments.quiet) {
        output->sink()(textOf(plan.value(), written, arguments.out));
    }
    if (const std::string error = output->finish(); !error.empty()) {
        complain(error);
        return Exit::Internal;
    }
    return Exit::Ok;
}

} // namespace cupel::cli
