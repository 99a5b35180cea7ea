// SPDX-License-Identifier: GPL-3.0-or-later
// Artifacts that trackers keep (Weights & Biases): made of files in one place, read in another.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

namespace cupel::lineage {

namespace {

constexpr std::string_view artifactType = "wandb.Artifact";
constexpr std::string_view artifactScheme = "wandb-artifact://";

// entity/project/name:version is kept under its name.
std::string_view artifactName(std::string_view written)
{
    const auto last = written.substr(written.rfind('/') + 1);
    return last.substr(0, last.find(':'));
}

} // namespace

// artifact.add_file("a.csv"), run.log_artifact(artifact), run.use_artifact("name:latest").download(): one artifact,
// which is made of files in one place and read in another.
bool Trace::artifactMethod(TraceCall& site, Ref receiver, std::string_view name, Ref& result)
{
    const auto given = site.value(0, {});
    const auto where = place(site.node);
    if (isOneOf(name, {"use_artifact", "artifact"}) && at(given).kind == ThingKind::Text
        && !artifactName(at(given).text).empty()) {
        const auto uri = std::string(artifactScheme) + std::string(artifactName(at(given).text));
        auto locator = readLocator(uri, {}, "path", false);
        const auto node = m_out.located(locator, artifactType, where);
        m_out.source(node, locator.kind, withoutCredentials(at(given).text), where);
        result = fromSource(node, artifactType, site.node);
        at(result).made = {given};
        return true;
    }
    if (isOneOf(name, {"log_artifact", "upsert_artifact", "finish_artifact"}) && at(given).type == artifactType
        && !at(given).made.empty() && at(at(given).made.front()).kind == ThingKind::Text) {
        const auto uri = std::string(artifactScheme) + std::string(artifactName(at(at(given).made.front()).text));
        auto locator = readLocator(uri, {}, "path", false);
        const auto node = m_out.located(locator, artifactType, where);
        m_out.sink(node, locator.kind, locator.value, where, at(given).from);
        for (const auto from : at(given).from) {
            m_out.edge(
                from, node, EdgeKind::Writes, "call:" + std::string(name), "it is logged in this artifact", where);
        }
        result = given;
        return true;
    }
    if (at(receiver).type != artifactType || at(receiver).kind != ThingKind::Object) {
        return false;
    }
    if (isOneOf(name, {"add_file", "add_dir", "add_reference"})) {
        for (const auto& locator : locatorsOf(given, name == "add_dir" ? "dir" : "path", false)) {
            const auto node = m_out.located(locator, artifactType, where);
            m_out.source(node, locator.kind, locator.value, where);
            mergeMarks(at(receiver).from, {node});
        }
        result = receiver;
        return true;
    }
    if (name == "add") {
        const auto part = at(given).modelNode != none ? Marks{at(given).modelNode} : at(given).from;
        mergeMarks(at(receiver).from, part);
        result = receiver;
        return true;
    }
    const bool known = !at(receiver).made.empty() && at(at(receiver).made.front()).kind == ThingKind::Text;
    if (known && isOneOf(name, {"download", "checkout", "file"})) { // a folder that holds its files
        result = text(
            std::string(artifactScheme) + std::string(artifactName(at(at(receiver).made.front()).text)), site.node);
        at(result).pathLike = true;
        return true;
    }
    return false;
}

} // namespace cupel::lineage
