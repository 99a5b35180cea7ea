// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/threats/threat_writers.h"

#include "analyzers/base/utf8.h"

namespace cupel::report {

namespace {

using namespace threats;

std::string_view wordOf(PartChange::What what)
{
    return what == PartChange::What::Added ? "added" : what == PartChange::What::Removed ? "removed" : "changed";
}

} // namespace

void writeModelDiffText(const ModelDiff& diff, const TextSink& sink)
{
    constexpr std::size_t longest = 100;
    for (const auto& change : diff.changes) {
        const char sign = change.what == PartChange::What::Added ? '+'
            : change.what == PartChange::What::Removed           ? '-'
                                                                 : '~';
        sink(std::string(1, sign) + ' ' + change.kind + ' '
            + toDisplay(change.name.empty() ? change.id : change.name, longest) + '\n');
        for (const auto& fact : change.facts) {
            sink("    " + toDisplay(fact.fact, longest) + ": " + toDisplay(fact.before, longest) + " -> "
                + toDisplay(fact.after, longest) + '\n');
        }
    }
    sink(counted(diff.changes.size(), "change") + ", " + counted(diff.moved, "part") + " only moved, "
        + std::to_string(diff.unchanged) + " the same\n");
}

void writeModelDiffJson(const ModelDiff& diff, const TextSink& sink)
{
    JsonStream json(sink, JsonStream::Layout::Indented);
    json.beginObject();
    json.field("schema", "cupel.tm-diff/1");
    json.field("unchanged", std::uint64_t{diff.unchanged});
    json.field("moved", std::uint64_t{diff.moved});
    json.arrayField("changes");
    for (const auto& change : diff.changes) {
        json.beginObject();
        json.field("what", wordOf(change.what));
        json.field("kind", change.kind);
        json.field("id", change.id);
        json.field("name", change.name);
        json.arrayField("facts");
        for (const auto& fact : change.facts) {
            json.beginObject();
            json.field("fact", fact.fact);
            json.field("before", fact.before);
            json.field("after", fact.after);
            json.endObject();
        }
        json.endArray();
        json.endObject();
    }
    json.endArray();
    json.endObject();
    json.newline();
}

} // namespace cupel::report
