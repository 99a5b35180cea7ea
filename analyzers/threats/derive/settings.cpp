// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/derive/settings.h"

#include "analyzers/base/data_tree.h"
#include "analyzers/threats/derive/model_builder.h"
#include "analyzers/threats/derive/things.h"

#include <algorithm>
#include <array>
#include <set>

namespace cupel::threats {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t mostThings = 200; // of one file
constexpr std::size_t longestName = 120;

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

template <typename List> bool isOneOf(std::string_view text, const List& list)
{
    return std::find(std::begin(list), std::end(list), text) != std::end(list);
}

bool endsWithAny(std::string_view text, std::initializer_list<std::string_view> endings)
{
    return std::any_of(
        endings.begin(), endings.end(), [text](std::string_view ending) { return text.ends_with(ending); });
}

// "ghcr.io/org/name:tag@sha256:..."
struct Image {
    std::string name; // without tag and digest
    std::string_view pin; // "digest", "tag", "latest"
};

Image imageOf(std::string_view text)
{
    Image out;
    const auto at = text.find('@');
    const auto slash = text.rfind('/');
    const auto colon = text.find(':', slash == std::string_view::npos ? 0 : slash);
    const auto tag = at == std::string_view::npos && colon != std::string_view::npos ? text.substr(colon + 1) : "";
    out.name = text.substr(0, std::min({at, colon, text.size()}));
    out.pin = at != std::string_view::npos ? "digest"sv : tag.empty() || tag == "latest" ? "latest"sv : "tag"sv;
    return out;
}

// What a container does, by the name of its image; empty: not known.
std::string_view kindOfImage(std::string_view image)
{
    struct Row {
        std::string_view part;
        std::string_view kind;
    };
    static constexpr Row rows[] = {{"mcp/", "mcp-server"}, {"mcp-server", "mcp-server"}, {"qdrant", "vector-store"},
        {"chroma", "vector-store"}, {"weaviate", "vector-store"}, {"milvus", "vector-store"},
        {"pgvector", "vector-store"}, {"mlflow", "model-registry"}, {"vllm", "inference-endpoint"},
        {"ollama", "inference-endpoint"}, {"text-generation-inference", "inference-endpoint"},
        {"tritonserver", "inference-endpoint"}, {"torchserve", "inference-endpoint"}, {"serving", "inference-endpoint"},
        {"bentoml", "inference-endpoint"}, {"localai", "inference-endpoint"}, {"langfuse", "monitoring"},
        {"prometheus", "monitoring"}, {"grafana", "monitoring"}, {"feast", "feature-store"}, {"vault", "secret-store"},
        {"label-studio", "labelling"}, {"postgres", "store"}, {"mysql", "store"}, {"mariadb", "store"},
        {"mongo", "store"}, {"redis", "store"}, {"minio", "store"}, {"elasticsearch", "store"}};
    const std::string plain = lowered(image);
    const auto found = std::find_if(std::begin(rows), std::end(rows),
        [&plain](const Row& row) { return plain.find(row.part) != std::string::npos; });
    return found == std::end(rows) ? std::string_view{} : found->kind;
}

bool isExact(std::string_view version) // "1.2.3", no range and no word
{
    return !version.empty() && version.find_first_not_of("0123456789.abcdefghijklmnopqrstuvwxyz-+") == version.npos
        && version.front() >= '0' && version.front() <= '9' && version.find('.') != version.npos;
}

class TreeReader {
public:
    TreeReader(const DataTree& tree, std::vector<Setting>& out)
        : m_tree(tree)
        , m_out(out)
    {
    }

    void servers()
    {
        for (const auto key : {"mcpServers", "servers"}) {
            m_tree.each(m_tree.member(0, key), [this](std::uint32_t one) {
                if (m_tree.is(one, DataKind::Map)) {
                    server(one);
                }
            });
        }
    }

    void compose()
    {
        m_tree.each(m_tree.member(0, "services"), [this](std::uint32_t one) {
            const auto image = std::string(m_tree.text(one, "image"));
            const auto kind = kindOfImage(image);
            Setting* made = kind.empty() ? nullptr : add(kind, one);
            if (!made) {
                return;
            }
            describeImage(*made, image);
            if (m_tree.text(one, "privileged") == "true") {
                made->attributes.emplace_back("privileged", "true");
            }
            bool open = false;
            m_tree.each(m_tree.member(one, "ports"), [&](std::uint32_t port) {
                const std::string_view text = m_tree.nodes()[port].text;
                open = open || (goesOn() && !text.starts_with("127.0.0.1:") && !text.starts_with("localhost:"));
            });
            if (open && made->kind == "inference-endpoint") {
                made->attributes.emplace_back("bind", "0.0.0.0");
            }
        });
    }

    void deployment()
    {
        static constexpr std::array workloads{
            "Deployment"sv, "StatefulSet"sv, "DaemonSet"sv, "Job"sv, "CronJob"sv, "Pod"sv};
        if (!isOneOf(m_tree.text(0, "kind"), workloads)) {
            return;
        }
        auto spec = m_tree.member(0, "spec");
        if (const auto job = m_tree.member(spec, "jobTemplate"); job != DataTree::none) {
            spec = m_tree.member(job, "spec");
        }
        if (const auto pod = m_tree.member(spec, "template"); pod != DataTree::none) {
            spec = m_tree.member(pod, "spec");
        }
        m_tree.each(m_tree.member(spec, "containers"), [this](std::uint32_t one) {
            const auto image = std::string(m_tree.text(one, "image"));
            const auto kind = kindOfImage(image);
            Setting* made = kind.empty() ? nullptr : add(kind, one, m_tree.text(one, "name"));
            if (made) {
                describeImage(*made, image);
                const auto security = m_tree.member(one, "securityContext");
                if (m_tree.text(security, "privileged") == "true") {
                    made->attributes.emplace_back("privileged", "true");
                }
                if (m_tree.text(security, "runAsUser") == "0") {
                    made->attributes.emplace_back("user", "root");
                }
            }
        });
    }

    void workflow()
    {
        Setting self;
        bool strangers = false;
        bool pinned = true;
        bool injected = false;
        bool foreignCode = false;
        m_tree.each(m_tree.member(0, "jobs"), [&](std::uint32_t job) {
            m_tree.each(goesOn() ? m_tree.member(job, "steps") : DataTree::none, [&](std::uint32_t step) {
                if (!goesOn()) {
                    return;
                }
                const auto uses = m_tree.text(step, "uses");
                if (isStranger(uses)) {
                    strangers = true;
                    pinned = pinned && isPinned(uses);
                }
                injected = injected || takesForeignText(m_tree.text(step, "run"));
                const auto ref = m_tree.text(m_tree.member(step, "with"), "ref");
                foreignCode = foreignCode || ref.find("github.event.pull_request.head") != ref.npos
                    || ref.find("github.head_ref") != ref.npos;
            });
        });
        const auto on = m_tree.member(0, "on");
        const auto triggers = m_tree.texts(on);
        const bool target = m_tree.member(on, "pull_request_target") != DataTree::none
            || std::find(triggers.begin(), triggers.end(), "pull_request_target") != triggers.end();
        const auto word = [](bool value) { return std::string(value ? "true" : "false"); };
        if (strangers) {
            self.attributes.emplace_back("steps_pinned", word(pinned));
        }
        self.attributes.emplace_back("runs_foreign_code", word(target && foreignCode));
        self.attributes.emplace_back("script_injection", word(injected));
        m_out.push_back(std::move(self));
    }

private:
    // Aliases of YAML make few bytes into any number of children.
    bool goesOn() { return m_left > 0 && --m_left > 0; }

    Setting* add(std::string_view kind, std::uint32_t node, std::string_view name = {})
    {
        const std::string key = std::string(name.empty() ? std::string_view(m_tree.nodes()[node].key) : name);
        if (m_out.size() >= mostThings || key.empty() || !m_names.insert(key.substr(0, longestName)).second) {
            return nullptr;
        }
        Setting made;
        made.kind = kind;
        made.name = key.substr(0, longestName);
        made.bytes = m_tree.nodes()[node].bytes;
        m_out.push_back(std::move(made));
        return &m_out.back();
    }

    static void describeImage(Setting& made, std::string_view text)
    {
        const Image image = imageOf(text);
        made.attributes.emplace_back("image", image.name.substr(0, longestName));
        made.attributes.emplace_back("image_pin", image.pin);
    }

    void server(std::uint32_t node)
    {
        Setting* made = add("mcp-server", node);
        if (!made) {
            return;
        }
        if (const auto url = m_tree.text(node, "url"); !url.empty()) {
            const Address address = addressOf(url); // without what may be a key in it
            made->attributes.emplace_back("transport", "http");
            made->attributes.emplace_back("uri", (address.scheme + "://" + address.host).substr(0, longestName));
            made->attributes.emplace_back("origin", address.isLocal ? "internal" : "external");
            const auto headers = m_tree.member(node, "headers");
            const bool asked = headers != DataTree::none && m_tree.nodes()[headers].firstChild != 0;
            made->attributes.emplace_back("authn", asked ? "token" : "none");
            return;
        }
        made->attributes.emplace_back("transport", "stdio");
        const auto arguments = m_tree.texts(m_tree.member(node, "args"));
        const std::string program = lowered(fileName(m_tree.text(node, "command")));
        static constexpr std::array runners{
            "npx"sv, "npx.cmd"sv, "bunx"sv, "uvx"sv, "pipx"sv, "pnpm"sv, "docker"sv, "podman"sv};
        if (isOneOf(program, runners)) {
            made->installs = true;
            made->attributes.emplace_back("origin", "external");
            made->attributes.emplace_back("command_pinned", pins(program, arguments) ? "true" : "false");
        } else if (!program.empty()) {
            made->attributes.emplace_back("command_pinned", "true"); // a program of one's own
            made->attributes.emplace_back("origin", "internal");
        }
        static constexpr std::array everything{"/"sv, "C:\\"sv, "~"sv, "$HOME"sv, "${HOME}"sv};
        const bool root = std::any_of(
            arguments.begin(), arguments.end(), [](const std::string& one) { return isOneOf(one, everything); });
        made->attributes.emplace_back("fs_root", root ? "true" : "false");
    }

    // The package that a runner fetches, with an exact version or a digest.
    static bool pins(std::string_view program, const std::vector<std::string>& arguments)
    {
        if (program == "docker" || program == "podman") {
            return std::any_of(arguments.begin(), arguments.end(),
                [](const std::string& one) { return one.find("@sha256:") != std::string::npos; });
        }
        for (const std::string& one : arguments) {
            if (one.starts_with('-') || one == "run" || one == "dlx" || one == "exec") {
                continue;
            }
            const auto equal = one.find("==");
            const auto at = one.find('@', 1);
            return equal != std::string::npos ? isExact(std::string_view(one).substr(equal + 2))
                : at != std::string::npos     ? isExact(std::string_view(one).substr(at + 1))
                                              : false;
        }
        return false;
    }

    static bool isStranger(std::string_view uses)
    {
        return !uses.empty() && !uses.starts_with("./") && !uses.starts_with("actions/")
            && !uses.starts_with("github/");
    }

    static bool isPinned(std::string_view uses)
    {
        constexpr std::size_t digits = 40; // of a commit
        const auto at = uses.find('@');
        const auto ref = at == std::string_view::npos ? std::string_view{} : uses.substr(at + 1);
        return ref.starts_with("sha256:")
            || (ref.size() == digits && ref.find_first_not_of("0123456789abcdef") == std::string_view::npos);
    }

    // Text that strangers write becomes part of a script.
    static bool takesForeignText(std::string_view run)
    {
        static constexpr std::array foreign{"github.event.issue.title"sv, "github.event.issue.body"sv,
            "github.event.pull_request.title"sv, "github.event.pull_request.body"sv, "github.event.comment.body"sv,
            "github.event.review.body"sv, "github.event.head_commit.message"sv, "github.head_ref"sv};
        return run.find("${{") != std::string_view::npos
            && std::any_of(foreign.begin(), foreign.end(),
                [run](std::string_view one) { return run.find(one) != std::string_view::npos; });
    }

    const DataTree& m_tree;
    std::vector<Setting>& m_out;
    std::set<std::string> m_names;
    std::size_t m_left = 100'000;
};

// Words of one instruction, with the lines that it goes on in.
std::vector<std::string> wordsOf(std::string_view& text)
{
    constexpr std::size_t most = 64;
    std::vector<std::string> out;
    for (bool more = true; more && !text.empty();) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!line.empty() && (line.back() == '\r' || line.back() == ' ' || line.back() == '\t')) {
            line.remove_suffix(1);
        }
        more = line.ends_with('\\');
        line.remove_suffix(more ? 1 : 0);
        while (!line.empty() && out.size() < most) {
            const auto from = std::min(line.find_first_not_of(" \t"), line.size());
            const auto to = std::min(line.find_first_of(" \t", from), line.size());
            if (to > from) {
                out.emplace_back(line.substr(from, std::min(to - from, std::size_t{1'024})));
            }
            line.remove_prefix(to);
        }
    }
    return out;
}

Setting dockerfile(std::string_view text, Budget& budget)
{
    std::map<std::string, Image> stages;
    Image image;
    std::string user;
    while (!text.empty() && budget.spend(1)) {
        const auto words = wordsOf(text);
        const std::string instruction = words.empty() ? std::string() : lowered(words[0]);
        const auto argument = std::find_if(words.begin() + (words.empty() ? 0 : 1), words.end(),
            [](const std::string& word) { return !word.starts_with("--"); });
        if (argument == words.end() || argument == words.begin()) {
            continue;
        }
        if (instruction == "from") {
            const auto stage = stages.find(lowered(*argument));
            image = stage != stages.end() ? stage->second : imageOf(*argument);
            user.clear();
            if (words.end() - argument > 2 && lowered(argument[1]) == "as") {
                stages[lowered(argument[2])] = image;
            }
        } else if (instruction == "user") {
            user = argument->substr(0, argument->find(':'));
        }
    }
    Setting out;
    if (!image.name.empty() && image.name.find('$') == std::string::npos && image.name != "scratch") {
        out.attributes.emplace_back("image", image.name.substr(0, longestName));
        out.attributes.emplace_back("image_pin", image.pin);
    }
    if (!image.name.empty()) { // no name is the user of the base image, and that is root nearly always
        const bool root = user.empty() || user == "root" || user == "0";
        out.attributes.emplace_back("user", root ? "root" : user.find('$') != std::string::npos ? "unknown" : "other");
    }
    return out;
}

bool isYaml(std::string_view name)
{
    return endsWithAny(name, {".yml", ".yaml"});
}

} // namespace

bool isSettingsFile(std::string_view path)
{
    const std::string plain = lowered(path);
    const auto kind = kindOfFile(plain, {}, false);
    return kind == "mcp-server" || kind == "container-image" || isYaml(plain);
}

std::vector<Setting> settingsOf(std::string_view path, ByteView text, Budget& budget)
{
    constexpr DataLimits limits{1 << 20, 50'000, 32, 16 << 10};
    std::vector<Setting> out;
    const std::string plain = lowered(path);
    const auto name = fileName(plain);
    const auto kind = kindOfFile(plain, {}, false);
    if (kind == "container-image") {
        out.push_back(dockerfile(text.substr(0, limits.bytes), budget));
    } else if (kind == "mcp-server") {
        const auto tree = DataTree::fromJson(text, budget, limits);
        TreeReader(tree, out).servers();
    } else if (isYaml(name)) {
        const bool workflow = plain.find(".github/workflows/") != std::string::npos;
        const bool services = name.find("compose") != std::string_view::npos;
        const bool workload = text.find("apiVersion:") != ByteView::npos && text.find("containers:") != ByteView::npos;
        if (workflow || services || workload) {
            const auto tree = DataTree::fromYaml(text, budget, limits);
            TreeReader reader(tree, out);
            workflow ? reader.workflow() : services ? reader.compose() : reader.deployment();
        }
    }
    return out;
}

} // namespace cupel::threats
