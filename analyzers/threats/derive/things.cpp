// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/things.h"

#include "analyzers/threats/derive/code_kinds.h"
#include "analyzers/threats/derive/thing_names.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <set>
#include <string>
#include <utility>

namespace cupel::threats {

namespace {

using namespace std::string_view_literals;
using lineage::Node;
using lineage::NodeKind;

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

std::string_view fileName(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

template <typename List> bool endsWithAny(std::string_view text, const List& endings)
{
    return std::any_of(
        std::begin(endings), std::end(endings), [text](std::string_view ending) { return text.ends_with(ending); });
}

template <typename List> bool startsWithAny(std::string_view text, const List& starts)
{
    return std::any_of(
        std::begin(starts), std::end(starts), [text](std::string_view start) { return text.starts_with(start); });
}

constexpr std::array dataEndings{".csv"sv, ".tsv"sv, ".parquet"sv, ".feather"sv, ".arrow"sv, ".orc"sv, ".avro"sv,
    ".jsonl"sv, ".xlsx"sv, ".xls"sv, ".npy"sv, ".npz"sv, ".h5"sv, ".hdf5"sv, ".tfrecord"sv, ".db"sv, ".sqlite"sv,
    ".sav"sv, ".dta"sv, ".csv.gz"sv, ".libsvm"sv, ".arff"sv};
constexpr std::array pictureEndings{
    ".png"sv, ".jpg"sv, ".jpeg"sv, ".gif"sv, ".svg"sv, ".pdf"sv, ".html"sv, ".txt"sv, ".md"sv, ".log"sv, ".tex"sv};
constexpr std::array registries{"mlflow"sv, "wandb"sv, "neptune"sv, "comet"sv, "clearml"sv, "huggingface_hub"sv};
} // namespace

std::string_view kindOfFile(std::string_view path, std::string_view format, bool isModel)
{
    const std::string plain = lowered(path);
    const auto name = fileName(plain);
    if (plain.starts_with(".cupel/") || plain.find("/.cupel/") != std::string::npos) {
        return {}; // what Cupel keeps itself
    }
    if (format == "notebook") {
        return "notebook";
    }
    if (plain.find(".github/workflows/") != std::string::npos || name == ".gitlab-ci.yml" || name == "jenkinsfile"
        || name == "azure-pipelines.yml") {
        return "ci-cd";
    }
    if (name == "dockerfile" || name.starts_with("dockerfile.") || name.ends_with(".dockerfile")
        || name == "containerfile") {
        return "container-image";
    }
    if (name == ".env" || name.ends_with(".env") || name.starts_with(".env.") || name == "secrets.yaml"
        || name == "secrets.yml" || name == "credentials.json") {
        return "secret-store";
    }
    if (name == "mcp.json" || name == ".mcp.json" || name == "claude_desktop_config.json"
        || name == "mcp_config.json") {
        return "mcp-server";
    }
    if (name == "adapter_config.json" || name.starts_with("adapter_model.")) {
        return "adapter";
    }
    if (format == "pickle") {
        return "model-file"; // objects, whatever they are of: to load them is to run them
    }
    if (isModel && format != "npy" && !name.ends_with(".npz") && !name.ends_with(".json")) {
        return "model-file";
    }
    return endsWithAny(name, dataEndings) ? "dataset"sv : std::string_view{};
}

std::string_view kindOfNode(const Node& node)
{
    const Address address = addressOf(node.locator);
    switch (node.kind) {
    case NodeKind::Dataset:
        return node.outside && (node.unpinned || address.isPublic || address.scheme.empty())
                && !node.id.starts_with("table:")
            ? "data-source"
            : "dataset";
    case NodeKind::File: {
        const std::string name = lowered(fileName(node.locator));
        return isNamedLikeModel(node.locator)   ? "model-file"sv
            : endsWithAny(name, pictureEndings) ? std::string_view{}
                                                : "dataset"sv;
    }
    case NodeKind::Remote:
        return isNamedLikeModel(node.locator) ? "model-file" : "data-source";
    case NodeKind::ModelFile:
        return "model-file";
    case NodeKind::Index:
        return "vector-store";
    case NodeKind::Endpoint:
        return "inference-endpoint";
    case NodeKind::Registration:
        return "model-registry";
    case NodeKind::Service:
        return startsWithAny(lowered(node.api), registries) ? "model-registry"sv
            : isLanguageModel(lowered(node.api))            ? "llm-app"sv
                                                            : "data-source"sv;
    case NodeKind::Artifact:
        return startsWithAny(lowered(node.api), registries) ? "model-registry"sv : std::string_view{};
    case NodeKind::Model: // of a hub, read as it is: an object in memory has no locator
        return node.outside && !node.locator.empty() ? "model-file"sv : std::string_view{};
    default:
        return {};
    }
}

Address addressOf(std::string_view locator)
{
    static constexpr std::array open{"http"sv, "ftp"sv, "telnet"sv, "redis"sv, "ws"sv, "ldap"sv};
    static constexpr std::array closed{"https"sv, "ftps"sv, "sftp"sv, "ssh"sv, "scp"sv, "rediss"sv, "wss"sv, "ldaps"sv,
        "s3"sv, "gs"sv, "gcs"sv, "az"sv, "abfs"sv, "abfss"sv, "wasbs"sv, "hf"sv};
    static constexpr std::array own{
        ".internal"sv, ".local"sv, ".lan"sv, ".corp"sv, ".intranet"sv, ".home"sv, ".localdomain"sv};
    Address out;
    const auto sign = locator.find("://");
    if (sign == std::string_view::npos || sign > 24) {
        return out;
    }
    out.scheme = lowered(locator.substr(0, sign));
    auto host = locator.substr(sign + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (const auto at = host.rfind('@'); at != std::string_view::npos) {
        host.remove_prefix(at + 1);
    }
    out.host = lowered(host.substr(0, host.find(':')));
    const auto isOneOf = [&out](const auto& list) {
        return std::find(list.begin(), list.end(), out.scheme) != list.end();
    };
    if (isOneOf(open) || isOneOf(closed)) {
        out.encrypted = isOneOf(closed);
    }
    out.isLocal = out.host == "localhost" || out.host.starts_with("127.") || out.host == "0.0.0.0";
    const bool named = out.host.find('.') != std::string::npos && !endsWithAny(out.host, own);
    const bool private4 = out.host.starts_with("10.") || out.host.starts_with("192.168.")
        || out.host.starts_with("127.") || out.host.starts_with("172.16.") || out.host == "0.0.0.0";
    out.isPublic = (out.scheme == "http" || out.scheme == "https" || out.scheme == "ftp") && named && !private4;
    return out;
}

void addZones(ThreatModel& model)
{
    std::set<std::string> used;
    for (const auto& element : model.elements) {
        used.insert(element.zone);
    }
    for (const std::string& kind : used) {
        const ZoneKind& row = zoneKind(kind);
        Zone zone;
        zone.id = kind;
        zone.name = row.name;
        zone.trust = row.trust;
        setAttribute(zone, "kind", row.kind, Origin::Scanned);
        model.zones.push_back(std::move(zone));
    }
}

const ZoneKind& zoneKind(std::string_view kind)
{
    static constexpr std::array<ZoneKind, 8> zones{{{"internet", "Internet", 0}, {"vendor", "Hubs and vendors", 20},
        {"consumer", "Consumers", 20}, {"ci", "Build and CI", 60}, {"registry", "Registry and storage", 60},
        {"training", "Training", 70}, {"serving", "Serving", 60}, {"developer", "Developer machine", 60}}};
    const auto found =
        std::find_if(zones.begin(), zones.end(), [kind](const ZoneKind& zone) { return zone.kind == kind; });
    return found == zones.end() ? zones.back() : *found;
}

} // namespace cupel::threats
