// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/cloud_names.h"

#include "analyzers/formats/html/html_tags.h"

#include <algorithm>
#include <array>

namespace cupel::rules::outputs {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLower(char c)
{
    return c >= 'a' && c <= 'z';
}

constexpr std::size_t leastName = 3;
constexpr std::size_t mostOfBucket = 63;
constexpr std::size_t mostOfGroup = 90;

// Of a template: what stands there is put together elsewhere.
bool goesOn(ByteView text, std::size_t end)
{
    return end < text.size() && std::string_view("{$<*%[").find(text[end]) != std::string_view::npos;
}

// Of data sets and samples that manuals and courses read. Google keeps names that hold its own for itself, and a name
// with dots is that of a site.
bool isPublicBucket(std::string_view name)
{
    static constexpr std::array<std::string_view, 16> names{"albert_models", "automl-sample-data", "bert_models",
        "cloud-training-demos", "dm_control", "kubeflow-examples", "magentadata", "open-images-dataset", "openimages",
        "quickdraw_dataset", "t5-data", "tfds-data", "tfhub-modules", "tfhub-lite-models", "ucaip-samples-us-central1",
        "weatherbench2"};
    static constexpr std::array<std::string_view, 9> starts{"cloud-ml-", "cloud-samples", "cloud-tpu-",
        "gcp-public-data", "genomics-public-data", "gresearch", "tensorflow-", "tfds-", "youtube8m"};
    return std::find(names.begin(), names.end(), name) != names.end()
        || std::any_of(starts.begin(), starts.end(), [name](auto start) { return name.starts_with(start); })
        || name.find("google") != std::string_view::npos || name.find('.') != std::string_view::npos;
}

} // namespace

AwsAccount awsAccount(ByteView text, std::size_t at)
{
    constexpr std::size_t longest = 160;
    constexpr std::size_t digitsOfId = 12;
    const auto arn = text.substr(at, longest);
    std::size_t from = 0;
    for (std::size_t field = 0; field < 4; ++field) {
        from = arn.find(':', from);
        if (from == std::string_view::npos) {
            return {};
        }
        ++from;
    }
    const auto account = arn.substr(from, digitsOfId);
    const bool digits = account.size() == digitsOfId && std::all_of(account.begin(), account.end(), isDigit)
        && arn.substr(from + digitsOfId, 1) == ":";
    if (!digits || account == "123456789012" || account.find_first_not_of('0') == std::string_view::npos
        || account.find_first_not_of('1') == std::string_view::npos) {
        return {};
    }
    const bool image =
        arn.find(":sagemaker:") != std::string_view::npos && arn.substr(from + digitsOfId + 1, 6) == "image/";
    return {{at + from, at + from + digitsOfId}, image};
}

ByteRange privateBucket(ByteView text, std::size_t from)
{
    auto end = from;
    while (end < text.size() && end - from <= mostOfBucket
        && (isLower(text[end]) || isDigit(text[end]) || text[end] == '-' || text[end] == '_' || text[end] == '.')) {
        ++end;
    }
    const bool onwards = goesOn(text, end);
    while (end > from && !isLower(text[end - 1]) && !isDigit(text[end - 1])) {
        --end; // the end of a sentence
    }
    const auto name = text.substr(from, end - from);
    const bool cased = end < text.size() && text[end] >= 'A' && text[end] <= 'Z'; // BUCKET_NAME
    const bool bucket = name.size() >= leastName && name.size() <= mostOfBucket && !onwards && !cased
        && std::any_of(name.begin(), name.end(), isLower);
    return bucket && !isPublicBucket(name) && !isStandIn(name) ? ByteRange{from, end} : ByteRange{};
}

ByteRange resourceGroup(ByteView text, std::size_t at)
{
    static constexpr std::array<std::string_view, 4> heads{
        "/resourceGroups/", "/resourcegroups/", "--resource-group ", "--resource-group="};
    const auto head = std::find_if(
        heads.begin(), heads.end(), [text, at](auto word) { return text.substr(at, word.size()) == word; });
    if (head == heads.end()) {
        return {};
    }
    auto from = at + head->size();
    if (from < text.size() && (text[from] == '"' || text[from] == '\'')) {
        ++from;
    }
    auto end = from;
    while (end < text.size() && end - from <= mostOfGroup
        && (isLower(text[end]) || (text[end] >= 'A' && text[end] <= 'Z') || isDigit(text[end]) || text[end] == '-'
            || text[end] == '_')) {
        ++end;
    }
    const auto name = text.substr(from, end - from);
    return name.size() >= leastName && name.size() <= mostOfGroup && !goesOn(text, end) && name.front() != '-'
            && !isStandIn(name)
        ? ByteRange{from, end}
        : ByteRange{};
}

bool isStandIn(std::string_view name)
{
    // The longer ones first: none of them is the beginning of one behind it.
    static constexpr std::array<std::string_view, 40> words{"placeholder", "quickstart", "directory", "workspace",
        "resources", "resource", "tutorial", "example", "storage", "project", "dataset", "staging", "azureml",
        "account", "bucket", "sample", "folder", "output", "models", "azure", "group", "input", "model", "dummy",
        "names", "some", "your", "demo", "test", "data", "name", "path", "temp", "the", "tmp", "foo", "bar", "xxx",
        "my", "rg"};
    const auto lower = formats::asciiLower(name);
    std::string_view rest = lower;
    while (!rest.empty()) {
        const auto word = std::find_if(words.begin(), words.end(), [rest](auto one) { return rest.starts_with(one); });
        const bool sign = isDigit(rest.front()) || rest.front() == '-' || rest.front() == '_';
        if (word == words.end() && !sign) {
            return false;
        }
        rest.remove_prefix(sign ? 1 : word->size());
    }
    return true;
}

} // namespace cupel::rules::outputs
