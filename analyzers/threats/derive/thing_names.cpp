// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/thing_names.h"

#include "analyzers/threats/derive/things.h"

#include <algorithm>
#include <array>
#include <vector>

namespace cupel::threats {

namespace {

using namespace std::string_view_literals;
using lineage::Node;

std::string_view fileName(std::string_view path)
{
    const auto slash = path.rfind('/');
    return slash == std::string_view::npos ? path : path.substr(slash + 1);
}

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

template <typename List> bool isOneOf(std::string_view text, const List& list)
{
    return std::find(list.begin(), list.end(), text) != list.end();
}

// Of an address what stands before its query; a path may hold such signs itself.
std::string_view withoutQuery(std::string_view locator)
{
    return locator.find("://") == std::string_view::npos ? locator : locator.substr(0, locator.find_first_of("?#"));
}

// "4", "0001", "v2"
bool isVersion(std::string_view name)
{
    name.remove_prefix(name.starts_with('v') && name.size() > 1 ? 1 : 0);
    return !name.empty() && name.size() <= 12 && std::all_of(name.begin(), name.end(), isDigit);
}

std::vector<std::string_view> partsOf(std::string_view path)
{
    std::vector<std::string_view> out;
    while (!path.empty()) {
        const auto part = path.substr(0, path.find('/'));
        path.remove_prefix(std::min(path.size(), part.size() + 1));
        if (!part.empty()) {
            out.push_back(part);
        }
    }
    return out;
}

// "movenet/lightning 4" of tfhub.dev/google/movenet/singlepose/lightning/4: without who published it, and without what
// only sorts a hub.
std::string hubName(const std::vector<std::string_view>& path)
{
    static constexpr std::array sorting{"models"sv, "lite-model"sv, "tf2-preview"sv, "imagenet"sv, "singlepose"sv,
        "experts"sv, "tflite"sv, "tensorflow1"sv, "tensorflow2"sv, "frameworks"sv, "variations"sv, "versions"sv};
    std::string out;
    bool publisher = true;
    for (std::size_t i = 0; i + 1 < path.size(); ++i) {
        if (isOneOf(lowered(path[i]), sorting)) {
            continue;
        }
        if (!publisher) {
            out += (out.empty() ? "" : "/") + std::string(path[i]);
        }
        publisher = false;
    }
    return out;
}

// What a label says that is no more than the end of its locator; empty: it says enough.
std::string fullerName(std::string_view locator)
{
    const auto plain = withoutQuery(locator);
    const Address address = addressOf(locator);
    auto path = plain;
    path.remove_prefix(address.scheme.empty() ? 0 : std::min(plain.size(), plain.find("://") + 3));
    auto parts = partsOf(path);
    if (!address.host.empty() && !parts.empty()) {
        parts.erase(parts.begin());
    }
    if (parts.empty()) {
        return {};
    }
    const auto last = parts.back();
    if (isVersion(last) && parts.size() > 1) {
        const bool hub =
            address.host == "tfhub.dev" || address.host == "www.kaggle.com" || address.host == "kaggle.com";
        std::string name = hub ? hubName(parts) : std::string();
        if (name.empty()) {
            name = parts[parts.size() - 2];
        }
        return name.find('*') == std::string::npos ? name + ' ' + std::string(last) : std::string();
    }
    if (plain.size() == locator.size()) {
        return {};
    }
    const bool says = last.size() > 3 || last.find('.') != std::string_view::npos; // "uc?id=" of a drive does not
    return says ? std::string(last) : address.host + '/' + std::string(last);
}

std::string plainName(const Node& node)
{
    if (node.label.empty()) {
        return !node.locator.empty() ? node.locator : node.id;
    }
    const bool end = node.locator.ends_with(node.label) && fileName(node.locator).size() <= node.label.size();
    const std::string fuller = end ? fullerName(node.locator) : std::string();
    return fuller.empty() ? node.label : fuller;
}

} // namespace

std::string nameOfNode(const Node& node)
{
    const std::string name = plainName(node);
    const auto stem = fileName(name).substr(0, fileName(name).rfind('.'));
    const bool known = stem.find_first_not_of("*?._- ") != std::string_view::npos;
    if (name.find('*') == std::string::npos || known) {
        return name;
    }
    const std::string_view place = node.locator.empty() ? std::string_view(name) : std::string_view(node.locator);
    const Address address = addressOf(place);
    if (!address.scheme.empty()) {
        const bool host = !address.host.empty() && address.host.find('*') == std::string::npos;
        return host ? "something at " + address.scheme + "://" + address.host
                    : "an unknown place (" + address.scheme + ')';
    }
    const auto file = fileName(place);
    const auto dot = file.rfind('.');
    std::string ending(dot == std::string_view::npos ? std::string_view{} : file.substr(dot + 1));
    std::transform(ending.begin(), ending.end(), ending.begin(),
        [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
    const bool plain = !ending.empty() && ending.find('*') == std::string::npos;
    auto folder = place.substr(0, place.size() - file.size());
    folder = folder.substr(0, folder.find('*'));
    folder = folder.substr(0, folder.rfind('/') == std::string_view::npos ? 0 : folder.rfind('/') + 1);
    return (plain ? "some " + ending + " files" : "some files")
        + (folder.empty() ? std::string() : " in " + std::string(folder));
}

bool isNamedLikeModel(std::string_view locator)
{
    static constexpr std::array endings{".tflite"sv, ".onnx"sv, ".keras"sv, ".safetensors"sv, ".gguf"sv, ".ggml"sv,
        ".pt"sv, ".pth"sv, ".ckpt"sv, ".pb"sv, ".mlmodel"sv, ".caffemodel"sv, ".pmml"sv, ".mar"sv, ".pdparams"sv};
    static constexpr std::array either{
        ""sv, ".h5"sv, ".hdf5"sv, ".pkl"sv, ".pickle"sv, ".joblib"sv, ".bin"sv, ".zip"sv, ".tgz"sv, ".tar"sv, ".gz"sv};
    static constexpr std::array words{"model"sv, "weights"sv, "checkpoint"sv, "checkpoints"sv, "ckpt"sv};
    std::string path = lowered(withoutQuery(locator));
    while (path.ends_with("/*") || path.ends_with("/**")) { // what lies in it
        path.resize(path.rfind('/'));
    }
    std::string_view name = fileName(path);
    const auto ending = [](std::string_view text) {
        const auto dot = text.rfind('.');
        return dot == std::string_view::npos ? std::string_view() : text.substr(dot);
    };
    if (isOneOf(ending(name), endings)) {
        return true;
    }
    if (!isOneOf(ending(name), either)) {
        return false;
    }
    name = name.substr(0, name.size() - ending(name).size());
    name = name.ends_with(".tar") ? name.substr(0, name.size() - 4) : name;
    return std::any_of(words.begin(), words.end(), [name](std::string_view word) { // the last word says what it is
        return name.ends_with(word)
            && (name.size() == word.size()
                || "_-. "sv.find(name[name.size() - word.size() - 1]) != std::string_view::npos);
    });
}

} // namespace cupel::threats
