// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/remote_things.h"

#include "analyzers/threats/derive/things.h"

namespace cupel::threats {

using lineage::Node;
using lineage::NodeKind;

namespace {

void addRoute(ModelBuilder& builder, std::uint32_t index, const Node& node)
{
    constexpr std::size_t longest = 400;
    Element& element = builder.out.model.elements[index];
    const std::string had(attribute(element, "ways"));
    const std::string way = node.label.substr(0, longest);
    if (had.empty()) {
        builder.say(index, "ways", way, node.id);
    } else if (had.size() < longest && (", " + had + ", ").find(", " + way + ", ") == std::string::npos) {
        builder.say(index, "ways", had + ", " + way, node.id);
    }
}

} // namespace

std::string_view zoneAt(std::string_view kind, const Node* node)
{
    if (node && node->outside) {
        const Address address = addressOf(node->locator);
        if (address.isPublic || address.isLocal) {
            return address.isPublic ? "internet" : "developer";
        }
        if (address.scheme.empty() && node->locator.starts_with("..")) { // beside the folder
            return "developer";
        }
        return kind == "data-source" || kind == "model-file" || kind == "model-registry" ? "vendor" : "registry";
    }
    return zoneFor(kind);
}

void describeRemote(ModelBuilder& builder, std::uint32_t index, const Node& node, bool target)
{
    const Address address = addressOf(node.locator);
    const bool web = address.scheme == "http" || address.scheme == "https" || address.scheme == "ftp";
    Element& element = builder.out.model.elements[index];
    const bool sink = target && node.outside && element.kind == "data-source";
    if (sink) { // its id stays that of a source: what people said of it before holds
        element.kind = web ? "actor" : "store";
    }
    builder.say(index, "uri", node.locator, node.id);
    if (node.outside) {
        const bool hub = node.kind != NodeKind::Remote && node.unpinned;
        builder.say(index, "origin",
            address.isLocal                                               ? "internal"
                : address.isPublic || hub                                 ? "public"
                : address.scheme.empty() && node.id.starts_with("table:") ? "internal"
                                                                          : "external",
            node.id);
        builder.say(index, "source", hub ? "hub" : "remote", node.id);
    } else {
        builder.say(index, "origin", "internal", node.id);
    }
    if (sink) {
        return;
    }
    if (web) {
        builder.say(index, "fetched_by", "url", node.id);
    }
    if (node.unpinned) {
        builder.say(index, "hash_pinned", "false", node.id);
        builder.say(index, "revision_pinned", "false", node.id);
        builder.say(index, "mutable", "true", node.id);
    }
}

void keepVersions(ModelBuilder& builder, std::uint32_t index, const Node& node)
{
    if (node.hash.starts_with("md5:") && builder.out.model.elements[index].kind == "dataset") {
        builder.say(index, "versioned", "yes", node.id);
    }
}

void keepInRegistry(ModelBuilder& builder, std::uint32_t index, const Node& node)
{
    const bool model = node.kind == NodeKind::ModelFile || node.kind == NodeKind::Model;
    const bool taken = node.locator.starts_with("models:/");
    const bool given = node.api.starts_with("mlflow.") && node.api.ends_with("log_model");
    if (!model || node.onDisk || (!taken && !given)) {
        return;
    }
    const auto registry = builder.add("model-registry", "mlflow", "MLflow registry");
    taken ? builder.flow(registry, index, "keeps", "model", node.id)
          : builder.flow(index, registry, "is kept in", "model", node.id);
}

std::optional<std::uint32_t> Apis::find(ModelBuilder& builder, const Node& node) const
{
    const auto found = node.kind == NodeKind::Endpoint ? m_ofFile.find(node.place.file) : m_ofFile.end();
    if (found == m_ofFile.end()) {
        return {};
    }
    addRoute(builder, found->second, node);
    return found->second;
}

void Apis::remember(ModelBuilder& builder, const Node& node, std::uint32_t index)
{
    if (node.kind == NodeKind::Endpoint && node.place.file != lineage::none) {
        m_ofFile.emplace(node.place.file, index);
        addRoute(builder, index, node);
    }
}

} // namespace cupel::threats
