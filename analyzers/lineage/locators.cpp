// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/lineage/locators.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxShown = 300;
constexpr std::size_t maxMasked = 4'096; // what is longer is cut off, not looked through
constexpr char hole = '\1';

std::string lowered(std::string_view text)
{
    std::string low(text);
    std::transform(
        low.begin(), low.end(), low.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
    return low;
}

bool has(std::string_view text, std::string_view part)
{
    return text.find(part) != std::string_view::npos;
}

std::string schemeOf(std::string_view text)
{
    const auto end = text.find("://");
    if (end == std::string_view::npos || end == 0 || end > 20) {
        return {};
    }
    const auto scheme = text.substr(0, end);
    const bool plain = std::all_of(scheme.begin(), scheme.end(),
        [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '-' || c == '.'; });
    return plain ? lowered(scheme) : std::string();
}

// Holes as *, line ends and control characters gone, neighbouring holes one.
std::string shown(std::string_view written)
{
    std::string text;
    for (const char c : written.substr(0, maxShown)) {
        if (c == hole) {
            if (!text.ends_with('*')) {
                text += '*';
            }
        } else {
            text += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
        }
    }
    return text;
}

constexpr std::array secretParameters{"token=", "key=", "password=", "passwd=", "pwd=", "secret=", "sig=", "signature=",
    "access_key=", "apikey=", "api_key=", "auth="};

struct Scheme {
    std::string_view name;
    SourceKind kind;
    NodeKind node;
};
constexpr Scheme schemes[] = {{"http", SourceKind::Url, NodeKind::Remote}, {"https", SourceKind::Url, NodeKind::Remote},
    {"ftp", SourceKind::Url, NodeKind::Remote}, {"sftp", SourceKind::Url, NodeKind::Remote},
    {"s3", SourceKind::S3, NodeKind::Remote}, {"s3a", SourceKind::S3, NodeKind::Remote},
    {"s3n", SourceKind::S3, NodeKind::Remote}, {"gs", SourceKind::S3, NodeKind::Remote},
    {"gcs", SourceKind::S3, NodeKind::Remote}, {"az", SourceKind::S3, NodeKind::Remote},
    {"abfs", SourceKind::S3, NodeKind::Remote}, {"abfss", SourceKind::S3, NodeKind::Remote},
    {"wasb", SourceKind::S3, NodeKind::Remote}, {"wasbs", SourceKind::S3, NodeKind::Remote},
    {"hdfs", SourceKind::File, NodeKind::Remote}, {"dbfs", SourceKind::File, NodeKind::Remote},
    {"hf", SourceKind::HubDataset, NodeKind::Dataset}, {"models", SourceKind::Artifact, NodeKind::Artifact},
    {"runs", SourceKind::Artifact, NodeKind::Artifact}, {"mlflow-artifacts", SourceKind::Artifact, NodeKind::Artifact},
    {"sqlite", SourceKind::Database, NodeKind::Dataset}, {"postgresql", SourceKind::Database, NodeKind::Dataset},
    {"postgres", SourceKind::Database, NodeKind::Dataset}, {"mysql", SourceKind::Database, NodeKind::Dataset},
    {"mssql", SourceKind::Database, NodeKind::Dataset}, {"oracle", SourceKind::Database, NodeKind::Dataset},
    {"mongodb", SourceKind::Database, NodeKind::Dataset}, {"snowflake", SourceKind::Database, NodeKind::Dataset},
    {"bigquery", SourceKind::Database, NodeKind::Dataset}, {"redis", SourceKind::Database, NodeKind::Dataset}};

bool fromScheme(const std::string& scheme, Locator& out)
{
    const auto base = scheme.substr(0, scheme.find('+'));
    const auto* hit =
        std::find_if(std::begin(schemes), std::end(schemes), [&base](const Scheme& s) { return s.name == base; });
    if (hit == std::end(schemes)) {
        return false;
    }
    out.kind = hit->kind;
    out.node = hit->node;
    out.outside = true;
    auto rest = out.value.substr(scheme.size());
    std::string_view name = base;
    name = name == "s3a" || name == "s3n" ? "s3" : name == "gcs" ? "gs" : name;
    out.id = std::string(name) + rest;
    if (name != base) {
        out.value = out.id; // s3a and s3n are s3
    }
    return true;
}

// What a tracker keeps under a name, whichever version of it is asked for.
bool fromTracker(Locator& out)
{
    constexpr std::string_view registered = "models:/";
    if (out.value.starts_with(registered) && out.value.size() > registered.size()) { // of MLflow: models:/name/version
        out.kind = SourceKind::Artifact;
        out.node = NodeKind::Registration;
        out.id = out.value.substr(0, out.value.find_first_of("/@", registered.size()));
        out.outside = true;
        return true;
    }
    constexpr std::string_view tracked = "wandb-artifact://";
    if (out.value.starts_with(tracked)) { // of Weights & Biases: wandb-artifact://name:version/member
        out.kind = SourceKind::Artifact;
        out.node = NodeKind::Artifact;
        out.id = out.value.substr(0, out.value.find_first_of(":/", tracked.size()));
        out.value = out.value.substr(tracked.size());
        out.outside = true;
        return true;
    }
    return false;
}

// "owner/name" or one word: an id of a hub, not a path.
bool looksLikeHubId(std::string_view text)
{
    const auto slashes = std::count(text.begin(), text.end(), '/');
    return !text.empty() && slashes <= 1 && !text.starts_with('.') && !text.starts_with('/') && !text.starts_with('~')
        && !has(text, "\\") && !has(text, " ") && !text.ends_with('/');
}

bool isFolderLike(std::string_view text, std::string_view kindOfTable)
{
    if (text.ends_with('/') || has(kindOfTable, "dir")) {
        return extensionOf(text).empty();
    }
    return false;
}

void asPath(std::string_view folder, std::string_view kindOfTable, bool model, Locator& out)
{
    auto text = out.value;
    std::string_view view = text;
    view.remove_prefix(view.starts_with("file://") ? 7 : view.starts_with("file:") ? 5 : 0);
    const bool absolute = view.starts_with('/') || view.starts_with('~') || (view.size() > 2 && view[1] == ':');
    const auto path = absolute ? normalPath(view) : joinPath(folder, view);
    out.outside = absolute || path.starts_with("../");
    out.id = path;
    if (!absolute) {
        out.value = path + (view.ends_with('/') && path != "." ? "/" : "");
    }
    const bool dir = isFolderLike(view, kindOfTable);
    out.kind = dir ? SourceKind::Dir : SourceKind::File;
    out.node = NodeKind::File;
    if (model) {
        out.kind = SourceKind::ModelFile;
        out.node = NodeKind::ModelFile;
    }
}

} // namespace

std::string extensionOf(std::string_view path)
{
    const auto slash = path.find_last_of("/\\");
    const auto name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    const auto dot = name.rfind('.');
    if (dot == std::string_view::npos || dot == 0 || dot + 1 == name.size() || name.size() - dot > 12) {
        return {};
    }
    return lowered(name.substr(dot + 1));
}

bool isModelExtension(std::string_view extension)
{
    constexpr std::string_view known[] = {"pkl", "pickle", "joblib", "pt", "pth", "ckpt", "h5", "hdf5", "keras", "onnx",
        "safetensors", "gguf", "tflite", "pb", "bin", "model", "mlmodel", "cbm", "ubj", "skops", "dill", "mar", "nemo",
        "bst", "weights"};
    return std::find(std::begin(known), std::end(known), extension) != std::end(known);
}

bool isDataExtension(std::string_view extension)
{
    constexpr std::string_view known[] = {"csv", "tsv", "txt", "json", "jsonl", "ndjson", "parquet", "feather", "orc",
        "avro", "pkl", "pickle", "npy", "npz", "h5", "hdf5", "xlsx", "xls", "yaml", "yml", "xml", "arff", "libsvm",
        "svm", "dat", "data", "tfrecord", "tfrecords", "mat", "gz", "zip", "pbtxt", "prototxt", "vec"};
    return isModelExtension(extension) || std::find(std::begin(known), std::end(known), extension) != std::end(known);
}

std::string normalPath(std::string_view path)
{
    std::vector<std::string_view> kept;
    const bool rooted = path.starts_with('/');
    std::string unified(path);
    std::replace(unified.begin(), unified.end(), '\\', '/');
    std::string_view rest = unified;
    while (!rest.empty()) {
        const auto end = std::min(rest.find('/'), rest.size());
        const auto part = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        if (part.empty() || part == ".") {
            continue;
        }
        if (part == ".." && !kept.empty() && kept.back() != "..") {
            kept.pop_back();
        } else if (part != ".." || !rooted) {
            kept.push_back(part);
        }
    }
    std::string out = rooted ? "/" : "";
    for (std::size_t i = 0; i < kept.size(); ++i) {
        out += i > 0 ? "/" : "";
        out += kept[i];
    }
    return out.empty() ? "." : out;
}

std::string joinPath(std::string_view folder, std::string_view path)
{
    if (folder.empty() || path.starts_with('/')) {
        return normalPath(path);
    }
    return normalPath(std::string(folder) + '/' + std::string(path));
}

Role roleOfName(std::string_view path)
{
    const auto slash = path.find_last_of("/\\");
    auto name = lowered(slash == std::string_view::npos ? path : path.substr(slash + 1));
    std::vector<std::string> words(1);
    for (const char c : name) {
        if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
            words.back() += c;
        } else if (!words.back().empty()) {
            words.emplace_back();
        }
    }
    for (std::string_view word : words) {
        if (word.size() > 2 && (word.front() == 'x' || word.front() == 'y')) {
            word.remove_prefix(1); // Xtr, ytest
        }
        const auto is = [word](std::initializer_list<std::string_view> names) {
            return std::find(names.begin(), names.end(), word) != names.end();
        };
        if (is({"train", "training", "tr", "trn"})) {
            return Role::Train;
        }
        if (is({"test", "testing", "holdout", "tst", "te"})) {
            return Role::Test;
        }
        if (is({"val", "valid", "validation", "validate", "dev", "eval", "evaluation"})) {
            return Role::Validation;
        }
    }
    return Role::None;
}

std::string withoutCredentials(std::string_view locator)
{
    locator = locator.substr(0, maxMasked);
    std::string text(locator);
    if (const auto scheme = text.find("://"); scheme != std::string::npos) {
        const auto from = scheme + 3;
        const auto slash = std::min(text.find('/', from), text.size());
        const auto at = text.rfind('@', slash);
        if (at != std::string::npos && at > from && at < slash) {
            const auto colon = text.find(':', from);
            const auto start = colon < at ? colon + 1 : from;
            text.replace(start, at - start, "***");
        }
    }
    const auto low = lowered(text);
    std::string out;
    std::size_t done = 0;
    for (auto from = std::min(low.find_first_of("?;"), low.size()); from < low.size();) {
        std::size_t best = std::string::npos;
        std::size_t length = 0;
        for (const std::string_view word : secretParameters) {
            const auto hit = low.find(word, from);
            if (hit < best) {
                best = hit;
                length = word.size();
            }
        }
        if (best == std::string::npos) {
            break;
        }
        const auto value = best + length;
        const auto end = std::min(low.find_first_of("&; ", value), low.size());
        out += text.substr(done, value - done);
        out += "***";
        done = end;
        from = end;
    }
    return out + text.substr(done);
}

Locator readLocator(std::string_view written, std::string_view folder, std::string_view kindOfTable, bool model)
{
    Locator out;
    out.value = withoutCredentials(shown(written));
    const auto scheme = schemeOf(out.value);
    if (!scheme.empty() && fromScheme(scheme, out)) {
        if (model && out.node == NodeKind::Remote) {
            out.kind = SourceKind::RemoteModel;
        }
        return out;
    }
    if (out.value.starts_with("dbfs:/")) {
        out.kind = SourceKind::File;
        out.node = NodeKind::Remote;
        out.id = out.value;
        out.outside = true;
        return out;
    }
    if (fromTracker(out)) {
        return out;
    }
    const bool hub = has(kindOfTable, "hub id") || has(kindOfTable, "model id") || has(kindOfTable, "weight id");
    if (has(kindOfTable, "table") || has(kindOfTable, "sql") || has(kindOfTable, "collection")
        || has(kindOfTable, "connection")) {
        out.kind = SourceKind::Database;
        out.node = NodeKind::Dataset;
        out.id = "table:" + lowered(out.value);
        out.outside = true;
        return out;
    }
    if (has(kindOfTable, "registry")) { // a name under which a service keeps it
        out.kind = SourceKind::Artifact;
        out.node = NodeKind::Artifact;
        out.id = "registry:" + out.value;
        out.outside = true;
        return out;
    }
    if (kindOfTable == "artifact path" && !model) { // kept with a run
        out.kind = SourceKind::Artifact;
        out.node = NodeKind::Artifact;
        out.id = "artifact:" + out.value;
        out.outside = true;
        return out;
    }
    if (has(kindOfTable, "dataset id") || (has(kindOfTable, "hub id") && !model)) {
        out.kind = SourceKind::HubDataset;
        out.node = NodeKind::Dataset;
        out.id = "dataset:" + out.value;
        out.outside = true;
        return out;
    }
    if (hub && looksLikeHubId(out.value) && !isModelExtension(extensionOf(out.value))) {
        out.kind = SourceKind::HubModel;
        out.node = NodeKind::ModelFile;
        out.id = "hub:" + out.value;
        out.outside = true;
        return out;
    }
    asPath(folder, kindOfTable, model, out);
    return out;
}

} // namespace cupel::lineage
