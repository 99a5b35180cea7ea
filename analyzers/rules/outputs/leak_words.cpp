// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/leak_words.h"

#include <algorithm>
#include <array>
#include <string>

namespace cupel::rules::outputs {

namespace {

template <std::size_t size> bool isOneOf(std::string_view name, const std::array<std::string_view, size>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool isNumber(std::string_view text)
{
    return !text.empty() && text.size() <= 3
        && std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

int toNumber(std::string_view text)
{
    int value = 0;
    for (const char c : text) {
        value = value * 10 + (c - '0');
    }
    return value;
}

} // namespace

bool isGenericUser(std::string_view name)
{
    static constexpr std::array<std::string_view, 78> names{"admin", "administrator", "airflow", "all", "anaconda",
        "app", "appuser", "azureuser", "batch", "bitnami", "builder", "circleci", "cloudera", "codespace", "colab",
        "coder", "conda", "containeradministrator", "databricks", "default", "dev", "developer", "docker", "ec2-user",
        "example", "gitpod", "guest", "hadoop", "jenkins", "jovyan", "jupyter", "jupyterhub", "kaggle", "linuxbrew",
        "mambauser", "me", "my-project", "my_user", "myname", "myuser", "nbuser", "nobody", "notebook", "owner",
        "project", "project-id", "public", "ray", "root", "runner", "runneradmin", "sagemaker-user", "shared", "spark",
        "student", "studio-lab-user", "sysop", "test", "testuser", "the_user", "travis", "trusted", "ubuntu", "user",
        "user1", "user_name", "username", "users", "vagrant", "vscode", "work", "you", "your-project", "your-user",
        "your_name", "your_username", "yourname", "zeppelin"};
    return isOneOf(name, names) || name.starts_with("your") || name.starts_with("...");
}

bool isTellingUser(std::string_view name, std::ptrdiff_t fewestLetters)
{
    static constexpr std::array<std::string_view, 76> words{"account", "analysis", "anaconda3", "apple", "archive",
        "azure", "backup", "build", "cache", "charm", "client", "cloud", "cluster", "compute", "computer", "config",
        "cuda", "customer", "datascience", "dataset", "datasets", "deeplearning", "deploy", "desktop", "developers",
        "documents", "downloads", "engine", "engineer", "flask", "google", "gradio", "hosting", "image", "images",
        "install", "jenkins", "keras", "laptop", "learning", "linux", "local", "machine", "manager", "matplotlib",
        "model", "models", "mongo", "mysql", "notebooks", "nvidia", "oracle", "pandas", "people", "personal",
        "postgres", "production", "programs", "python", "pytorch", "repos", "research", "sample", "science",
        "scientist", "scipy", "seaborn", "server", "sklearn", "source", "streamlit", "system", "tensorflow", "torch",
        "train", "windows"};
    const auto letters = std::count_if(
        name.begin(), name.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
    std::string lower(name);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return letters >= fewestLetters && name.size() <= 40 && !isGenericUser(lower)
        && !isOneOf(std::string_view(lower), words);
}

bool isPublicIndex(std::string_view host)
{
    static constexpr std::array<std::string_view, 10> hosts{"pypi.org", "pypi.python.org", "test.pypi.org",
        "files.pythonhosted.org", "download.pytorch.org", "us-python.pkg.dev", "pypi.ngc.nvidia.com", "pypi.nvidia.com",
        "www.piwheels.org", "storage.googleapis.com"};
    return isOneOf(host, hosts) || host.ends_with("pypi.tuna.tsinghua.edu.cn") || host.ends_with("mirrors.aliyun.com");
}

bool isInternalHost(std::string_view host)
{
    static constexpr std::array<std::string_view, 7> ends{
        ".internal", ".corp", ".local", ".lan", ".intranet", ".localdomain", ".corp.com"};
    static constexpr std::array<std::string_view, 5> everywhere{"host.docker.internal", "gateway.docker.internal",
        "metadata.google.internal", "localhost.localdomain", "example.local"};
    return host.size() >= 8 && !isOneOf(host, everywhere) && !host.ends_with(".cluster.local") && !host.starts_with('.')
        && !host.starts_with("www.")
        && std::any_of(ends.begin(), ends.end(), [host](auto end) { return host.ends_with(end); });
}

bool isPrivateAddress(std::string_view text)
{
    std::array<int, 4> parts{};
    for (std::size_t i = 0; i < parts.size(); ++i) {
        const auto end = i == 3 ? text.size() : text.find('.');
        if (end == std::string_view::npos || !isNumber(text.substr(0, end)) || toNumber(text.substr(0, end)) > 255) {
            return false;
        }
        parts[i] = toNumber(text.substr(0, end));
        text.remove_prefix(std::min(text.size(), end + 1));
    }
    return parts[0] == 10 || (parts[0] == 192 && parts[1] == 168)
        || (parts[0] == 172 && parts[1] >= 16 && parts[1] <= 31);
}

bool isServiceHost(std::string_view host)
{
    static constexpr std::array<std::string_view, 7> pages{"docs", "www", "community", "accounts", "app", "help", "kb"};
    const auto first = host.substr(0, host.find('.'));
    if (host.ends_with(".azuredatabricks.net") && !first.starts_with("adb-")) {
        return false;
    }
    return !isOneOf(first, pages);
}

bool endsColour(std::string_view before)
{
    constexpr std::size_t longest = 24;
    before = before.substr(before.size() > longest ? before.size() - longest : 0);
    return before.substr(0, before.find_last_not_of("0123456789;:") + 1).ends_with("\x1b["); // npos + 1 is 0
}

std::string_view serviceAt(std::string_view after, std::string_view before)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 10> ends{
        {{".azuredatabricks.net", "Databricks workspace"}, {".cloud.databricks.com", "Databricks workspace"},
            {".gcp.databricks.com", "Databricks workspace"}, {".gradio.live", "Gradio share"},
            {".ngrok.io", "ngrok tunnel"}, {".ngrok-free.app", "ngrok tunnel"}, {".ngrok.app", "ngrok tunnel"},
            {".trycloudflare.com", "tunnel"}, {".sagemaker.aws", "SageMaker"},
            {".snowflakecomputing.com", "Snowflake account"}}};
    if (after.size() < 2) {
        return {};
    }
    for (const auto& [end, name] : ends) {
        if (after[1] == end[1] && after.starts_with(end)) {
            return name;
        }
    }
    return after.starts_with(".ai/") && before.ends_with("wandb") ? std::string_view("wandb") : std::string_view();
}

bool isAccountId(std::string_view text)
{
    return text.size() == guidSize && text[8] == '-' && text[13] == '-' && text[18] == '-' && text[23] == '-'
        && text.find_first_not_of("0123456789abcdefABCDEF-") == std::string_view::npos
        && text.find_first_not_of("0-") != std::string_view::npos && !text.starts_with("12345678-1234-");
}

std::string_view accountNamedBy(std::string_view before)
{
    constexpr std::size_t longest = 60; // "system_assigned_identity_principal_id", quotes, an operator
    constexpr std::string_view operators = " \t\"'`=:>(,*_\\";
    before = before.substr(before.size() > longest ? before.size() - longest : 0);
    const auto last = before.find_last_not_of(operators);
    std::string word(before.substr(0, last + 1)); // npos + 1 is 0
    if (word.size() == before.size()) {
        return {}; // nearly all
    }
    std::transform(word.begin(), word.end(), word.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const bool id = word.ends_with("id");
    for (const std::string_view end : {"id", "_", "-", " "}) {
        if (word.ends_with(end)) {
            word.resize(word.size() - end.size());
        }
    }
    // The clients of a bank have ids as well.
    const auto isApplication = [&word](std::string_view what) {
        static constexpr std::array<std::string_view, 10> owners{
            "aad", "app", "arm", "azure", "entra", "graph", "msal", "my", "oauth", "sp"};
        if (!word.ends_with(what)) {
            return false;
        }
        const auto owner = std::string_view(word).substr(0, word.size() - what.size());
        const auto stem = owner.substr(0, owner.find_last_not_of("_-. ") + 1); // npos + 1 is 0
        const auto nearest = stem.substr(stem.find_last_of("_-. \"'") + 1);
        return nearest.empty() || std::find(owners.begin(), owners.end(), nearest) != owners.end();
    };
    // "tenant" alone says nothing about a number.
    return word.ends_with("subscription") ? "Azure subscription"
        : id && word.ends_with("tenant")  ? "Azure tenant"
        : id
            && (isApplication("client") || isApplication("application") || word.ends_with("service_principal")
                || word.ends_with("serviceprincipal"))
        ? "application"
        : id && word.ends_with("principal") ? "identity"
                                            : "";
}

namespace {

// The name of a project at `from`; numbers have at least ten digits.
ByteRange projectName(ByteView text, std::size_t from)
{
    constexpr std::size_t shortest = 6;
    constexpr std::size_t longest = 30;
    const auto isName = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    };
    auto end = from;
    while (end < text.size() && end - from <= longest && isName(text[end])) {
        ++end;
    }
    const auto id = text.substr(from, end - from);
    std::string lower(id);
    std::transform(lower.begin(), lower.end(), lower.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    const bool number = id.find_first_not_of("0123456789") == ByteView::npos;
    const bool good = id.size() >= (number ? 10 : shortest) && id.size() <= longest && !isGenericUser(lower);
    return good ? ByteRange{from, end} : ByteRange{};
}

} // namespace

ByteRange googleProject(ByteView text, std::size_t from)
{
    static constexpr std::array<std::string_view, 6> after{
        "/locations/", "/datasets/", "/regions/", "/zones/", "/secrets/", "/instances/"};
    const auto id = projectName(text, from);
    return !id.empty()
            && std::any_of(
                after.begin(), after.end(), [&](auto word) { return text.substr(id.end, word.size()) == word; })
        ? id
        : ByteRange{};
}

ByteRange googleProjectOfLink(ByteView text, std::size_t dot)
{
    constexpr std::size_t longest = 400; // of a link
    constexpr std::string_view key = "project=";
    auto link = text.substr(dot, longest);
    link = link.substr(0, link.find_first_of(" \t\r\n\"'<>"));
    const auto at = link.find(key);
    const bool asked =
        at != ByteView::npos && at > 0 && (link[at - 1] == '?' || link[at - 1] == '&' || link[at - 1] == ';');
    return asked ? projectName(text, dot + at + key.size()) : ByteRange{};
}

} // namespace cupel::rules::outputs
