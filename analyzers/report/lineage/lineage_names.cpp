// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/lineage/lineage_names.h"

#include "analyzers/report/lineage/lineage_parts.h"

#include <algorithm>

namespace cupel::report::lineage_parts {

using namespace lineage;

namespace {

std::string lower(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
    return out;
}

bool isScheme(std::string_view text)
{
    return text.size() > 1 && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '-'
            || c == '.';
    });
}

// Scheme and host name in small letters; the rest of an address counts as it is.
DatasetName ofAddress(std::string_view scheme, std::string_view rest)
{
    std::string kind = lower(scheme);
    if (kind == "s3a" || kind == "s3n") {
        kind = "s3";
    } else if (kind == "gcs") {
        kind = "gs";
    } else if (kind == "postgresql" || kind.starts_with("postgresql+") || kind.starts_with("postgres+")) {
        kind = "postgres";
    } else if (kind.starts_with("mysql+")) {
        kind = "mysql";
    }
    const auto slash = std::min(rest.find('/'), rest.size());
    std::string_view name = rest.substr(std::min(slash + 1, rest.size()));
    if (kind == "file") {
        return {"file", std::string(rest.substr(slash))};
    }
    return {kind + "://" + lower(rest.substr(0, slash)), name.empty() ? "/" : std::string(name)};
}

std::string_view firstPart(std::string_view path)
{
    return path.substr(0, path.find('.'));
}

// The hub behind the library that asks for something; most of them ask Hugging Face.
std::string hubOf(const Node& node, std::string_view folder)
{
    const auto library = firstPart(node.api);
    for (const std::string_view other :
        {"kagglehub", "kaggle", "openml", "torchvision", "tensorflow_hub", "timm", "modelscope"}) {
        if (library == other) {
            return std::string(other);
        }
    }
    return "hf://" + std::string(folder);
}

std::string inMemory(const LineageGraph& graph, std::uint32_t node)
{
    const auto file = codeFileOf(graph, node);
    const CodeFile* named = file != none ? &graph.files[file] : fileOf(graph, graph.nodes[node].place);
    return "inmemory://" + (named ? named->path : std::string());
}

} // namespace

std::vector<SourceKind> kindsOf(const LineageGraph& graph)
{
    std::vector<SourceKind> out(graph.nodes.size(), SourceKind::Unknown);
    const auto tell = [&out](std::uint32_t node, SourceKind kind) {
        if (node < out.size() && out[node] == SourceKind::Unknown) {
            out[node] = kind;
        }
    };
    for (const Source& source : graph.sources) {
        tell(source.node, source.kind);
    }
    for (const lineage::Sink& sink : graph.sinks) {
        tell(sink.node, sink.kind);
    }
    return out;
}

DatasetName datasetName(const LineageGraph& graph, std::uint32_t index, SourceKind kind)
{
    const Node& node = graph.nodes[index];
    const std::string_view locator = node.locator.empty() ? nameOf(node) : std::string_view(node.locator);
    if (const auto colon = locator.find("://"); colon != std::string_view::npos && isScheme(locator.substr(0, colon))) {
        return ofAddress(locator.substr(0, colon), locator.substr(colon + 3));
    }
    const std::string name(locator);
    switch (kind) {
    case SourceKind::File:
    case SourceKind::Dir:
    case SourceKind::ModelFile:
    case SourceKind::Params:
        return {"file", name};
    case SourceKind::HubDataset:
        return {hubOf(node, "datasets"), name};
    case SourceKind::HubModel:
    case SourceKind::RemoteModel:
        return {hubOf(node, "models"), name};
    case SourceKind::BuiltinDataset:
        return {node.api.empty() ? "builtin" : std::string(firstPart(node.api)), name};
    case SourceKind::S3: {
        const auto slash = std::min(name.find('/'), name.size());
        return {"s3://" + name.substr(0, slash), slash + 1 < name.size() ? name.substr(slash + 1) : "/"};
    }
    case SourceKind::Database:
        return {node.api.find("bigquery") != std::string::npos || firstPart(node.api) == "pandas_gbq" ? "bigquery"
                                                                                                      : "database",
            name};
    case SourceKind::Artifact:
        return {node.api.empty() ? "artifact" : std::string(firstPart(node.api)), name};
    case SourceKind::Generated:
    case SourceKind::Literal:
    case SourceKind::Argument:
        return {inMemory(graph, index), name};
    case SourceKind::Url:
    case SourceKind::Unknown:
        break;
    }
    switch (node.kind) {
    case NodeKind::Dataset:
    case NodeKind::Remote:
    case NodeKind::Endpoint:
    case NodeKind::Registration:
    case NodeKind::Service:
    case NodeKind::Unknown:
        return {std::string(toString(node.kind)), name};
    case NodeKind::File:
    case NodeKind::ModelFile:
        return {"file", name};
    default: // what lives only while its code runs: the place tells versions apart
        const auto place = placeInFile(graph, node.place);
        return {inMemory(graph, index), name + (place.empty() ? "" : " (" + place + ")")};
    }
}

} // namespace cupel::report::lineage_parts
