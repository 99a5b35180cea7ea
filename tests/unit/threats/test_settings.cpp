// SPDX-License-Identifier: GPL-3.0-or-later
// Files of settings become the services, tools and builds they describe, and findings that hang on code and files reach
// their threats: each tie where it fires, and where it does not.
#include "analyzers/threats/assess.h"
#include "analyzers/threats/derive/code_kinds.h"
#include "analyzers/threats/derive/derive.h"
#include "analyzers/threats/derive/guesses.h"
#include "analyzers/threats/derive/thing_names.h"
#include "analyzers/threats/derive/things.h"
#include "tests/unit/check.h"

#include <algorithm>

using namespace cupel;
using namespace cupel::threats;

namespace {

Finding finding(const char* rule, Family family, std::uint64_t at = 0)
{
    Finding out;
    out.rule = rule;
    out.family = family;
    out.severity = Severity::High;
    out.fingerprint = std::string("f-") + rule + std::to_string(at);
    out.location.bytes = {at, at + 1};
    return out;
}

struct File {
    std::string path;
    std::string text;
    std::vector<Finding> findings = {};
    std::string_view format = "text";
};

ThreatModel modelOf(const std::vector<File>& files, lineage::LineageGraph graph = {})
{
    static Workspace workspace;
    workspace = {};
    DeriveOptions options;
    for (const auto& one : files) {
        auto analysis = std::make_shared<Analysis>();
        analysis->artifact.path = one.path;
        analysis->facts.format = one.format;
        analysis->findings = one.findings;
        for (const auto* module : {"mcp", "fastapi"}) {
            if (one.text.find(std::string("import ") + module) != std::string::npos) {
                Dependency dependency;
                dependency.module = module;
                dependency.source = DependencySource::Import;
                analysis->dependencies.push_back(dependency);
            }
        }
        if (one.path.ends_with(".py")) {
            graph.files.emplace_back().path = one.path;
        }
        workspace.analyses.emplace(one.path, analysis);
        Budget budget;
        if (isSettingsFile(one.path)) {
            options.settings.emplace(one.path, settingsOf(one.path, one.text, budget));
        }
    }
    Derived derived = derive(graph, workspace, "", options);
    assess(derived.model, derived.evidence, builtInRules(), builtInEvidence());
    return derived.model;
}

const Element* elementOf(const ThreatModel& model, std::string_view name)
{
    const auto found = std::find_if(
        model.elements.begin(), model.elements.end(), [name](const Element& element) { return element.name == name; });
    return found == model.elements.end() ? nullptr : &*found;
}

// "agent-tool confirmed": the kind of the element a rule speaks of, and what is known; empty: it is silent.
std::string said(const ThreatModel& model, std::string_view rule)
{
    for (const auto& threat : model.threats) {
        if (threat.rule == rule) {
            const auto element = std::find_if(model.elements.begin(), model.elements.end(),
                [&](const Element& one) { return one.id == threat.target; });
            return (element == model.elements.end() ? "" : element->kind + ' ')
                + std::string(toString(threat.evidence));
        }
    }
    return {};
}

std::string kindAndWords(const std::vector<Setting>& settings)
{
    std::string out;
    for (const auto& setting : settings) {
        out += std::string(setting.kind) + ' ' + setting.name;
        for (const auto& [key, value] : setting.attributes) {
            out += ' ' + std::string(key) + '=' + value;
        }
        out += setting.installs ? " installs\n" : "\n";
    }
    return out;
}

std::string read(const char* path, std::string_view text)
{
    Budget budget;
    return kindAndWords(settingsOf(path, text, budget));
}

} // namespace

CUPEL_TEST(findingsInCodeReachTheirThreats)
{
    const std::string server = "import mcp";
    const auto with = [&](const char* rule) {
        return modelOf({{"tool.py", server, {finding(rule, Family::Code)}, "python"}});
    };
    CHECK_EQ(said(with("CUP-CODE-MCP-SHELL"), "tool-injection-args"), "agent-tool confirmed");
    CHECK_EQ(said(with("CUP-CODE-BARE-EXCEPT"), "tool-injection-args"), "");
    CHECK_EQ(said(with("CUP-CODE-PATH-OUTSIDE"), "nb-path-outside"), "agent-tool confirmed");
    CHECK_EQ(said(with("CUP-CODE-ABSOLUTE-PATH"), "nb-path-outside"), "");
    CHECK_EQ(said(with("CUP-CODE-CORS-ALL"), "nb-cors-open"), "agent-tool confirmed");
    CHECK_EQ(said(with("CUP-CODE-BIND-ALL"), "nb-cors-open"), "");
}

CUPEL_TEST(aPickleIsAnElementByItself)
{
    const auto pickle = [](std::vector<Finding> findings, std::string_view format) {
        return modelOf({{"x.pkl", "", std::move(findings), format}});
    };
    CHECK_EQ(said(pickle({finding("CUP-PKL-STDLIB", Family::Pickle)}, "pickle"), "mdl-unknown-import"),
        "model-file confirmed");
    CHECK_EQ(said(pickle({}, "pickle"), "mdl-unknown-import"), "");
    CHECK(pickle({}, "text").elements.empty());
}

CUPEL_TEST(serversOfToolsAreReadFromTheirSettings)
{
    const std::string text =
        "{\"mcpServers\": {\"files\": {\"command\": \"npx\", \"args\": [\"-y\", \"@x/server\", \"/\"]}, "
        "\"own\": {\"command\": \"/opt/bin/own\", \"args\": [\"/srv\"]}, "
        "\"web\": {\"url\": \"http://user:word@tools.example.com/mcp?key=abc\"}, "
        "\"kept\": {\"url\": \"https://tools.example.com\", \"headers\": {\"Authorization\": \"x\"}}, "
        "\"pinned\": {\"command\": \"uvx\", \"args\": [\"mcp-x==1.2.0\"]}}}";
    CHECK_EQ(read("mcp.json", text),
        "mcp-server files transport=stdio origin=external command_pinned=false fs_root=true installs\n"
        "mcp-server own transport=stdio command_pinned=true origin=internal fs_root=false\n"
        "mcp-server web transport=http uri=http://tools.example.com origin=external authn=none\n"
        "mcp-server kept transport=http uri=https://tools.example.com origin=external authn=token\n"
        "mcp-server pinned transport=stdio origin=external command_pinned=true fs_root=false installs\n");
    const auto at = text.find("\"web\"");
    const auto model = modelOf({{"mcp.json", text, {finding("CUP-SEC-GITHUB-PAT", Family::Secret, at + 20)}}});
    CHECK_EQ(model.elements.size(), 6U); // five servers and the index of packages
    CHECK_EQ(said(model, "tool-cred-exposure"), "mcp-server confirmed");
    const auto threat = std::find_if(
        model.threats.begin(), model.threats.end(), [](const Threat& one) { return one.rule == "tool-cred-exposure"; });
    REQUIRE(threat != model.threats.end());
    CHECK_EQ(threat->target, elementOf(model, "web")->id); // the server it stands at, not its neighbour
    CHECK_EQ(said(model, "mcp-no-auth"), "mcp-server unknown");
    CHECK_EQ(said(model, "tool-overbroad"), "mcp-server unknown");
    const auto calm = modelOf({{"mcp.json", "{\"mcpServers\": {\"own\": {\"command\": \"/opt/bin/own\"}}}"}});
    for (const char* rule : {"tool-cred-exposure", "mcp-no-auth", "tool-overbroad", "mcp-launch-cmd"}) {
        CHECK_EQ(said(calm, rule), "");
    }
    CHECK_EQ(read("mcp.json", "[1, 2"), "");
    CHECK_EQ(read("mcp.json", "{\"mcpServers\": {\"x\": 1}}"), "");
}

CUPEL_TEST(imagesAreReadFromTheirRecipe)
{
    CHECK_EQ(read("Dockerfile", "FROM python\n"), "  image=python image_pin=latest user=root\n");
    CHECK_EQ(read("Dockerfile", "FROM a/b:1 AS build\nUSER root\nfrom build\nUSER \\\n  app:app\n"),
        "  image=a/b image_pin=tag user=other\n");
    CHECK_EQ(read("x.dockerfile", "FROM --platform=x reg:5000/a@sha256:00\nUSER 0\n"),
        "  image=reg:5000/a image_pin=digest user=root\n");
    CHECK_EQ(read("Dockerfile", "FROM ${BASE}\n"), "  user=root\n");
    CHECK_EQ(read("Dockerfile", "# nothing\n"), " \n");
    const auto bad = modelOf({{"Dockerfile", "FROM python\n"}});
    CHECK_EQ(said(bad, "cic-image-latest"), "container-image unknown");
    CHECK_EQ(said(bad, "img-root"), "container-image unknown");
    const auto good = modelOf({{"Dockerfile", "FROM python@sha256:00\nUSER app\n"}});
    CHECK_EQ(said(good, "cic-image-latest") + said(good, "img-root"), "");
}

CUPEL_TEST(buildsAreReadFromTheirWorkflow)
{
    const char* path = ".github/workflows/ci.yml";
    const std::string commit(40, 'a');
    const auto bad = modelOf({{path,
        "on: [pull_request_target]\njobs:\n  a:\n    steps:\n      - uses: actions/checkout@v4\n        with: {ref: "
        "'${{ github.event.pull_request.head.sha }}'}\n      - uses: stranger/thing@v1\n"}});
    CHECK_EQ(said(bad, "cic-untrusted-step"), "ci-cd unknown");
    CHECK_EQ(said(bad, "cic-pr-exec"), "ci-cd unknown");
    const auto injected =
        modelOf({{path, "on: {issues: {}}\njobs: {a: {steps: [{run: 'echo ${{ github.event.issue.title }}'}]}}\n"}});
    CHECK_EQ(said(injected, "cic-pr-exec"), "ci-cd unknown");
    const auto good = modelOf({{path,
        "on: {pull_request_target: {}}\njobs: {a: {steps: [{uses: actions/checkout@v4}, {uses: stranger/thing@" + commit
            + "}, {run: 'echo ${{ github.sha }}'}]}}\n"}});
    CHECK_EQ(said(good, "cic-untrusted-step") + said(good, "cic-pr-exec"), "");
    // An alias is no way to make work.
    std::string bomb = "on: push\nx: &s [";
    for (int i = 0; i < 10'000; ++i) {
        bomb += "{run: a},";
    }
    bomb += "]\njobs:\n";
    for (int i = 0; i < 10'000; ++i) {
        bomb += "  j" + std::to_string(i) + ": {steps: *s}\n";
    }
    CHECK(!read(path, bomb).empty());
}

CUPEL_TEST(servicesAreReadFromTheirDeployment)
{
    CHECK_EQ(read("docker-compose.yml",
                 "services:\n  db: {image: 'qdrant/qdrant:1.2', ports: ['6333:6333']}\n  web: {image: nginx}\n  llm: "
                 "{image: vllm/vllm-openai, ports: ['8000:8000']}\n  own: {image: ollama/ollama, ports: "
                 "['127.0.0.1:11434:11434']}\n"),
        "vector-store db image=qdrant/qdrant image_pin=tag\n"
        "inference-endpoint llm image=vllm/vllm-openai image_pin=latest bind=0.0.0.0\n"
        "inference-endpoint own image=ollama/ollama image_pin=latest\n");
    const char* deployment = "apiVersion: apps/v1\nkind: Deployment\nspec: {template: {spec: {containers: [{name: s, "
                             "image: 'ollama/ollama@sha256:0', securityContext: {privileged: true}}]}}}\n";
    CHECK_EQ(
        read("deploy.yml", deployment), "inference-endpoint s image=ollama/ollama image_pin=digest privileged=true\n");
    CHECK_EQ(
        read("deploy.yml", "apiVersion: v1\nkind: Service\nspec: {containers: [{name: s, image: ollama/ollama}]}\n"),
        "");
    CHECK_EQ(read("settings.yml", "services:\n  db: {image: qdrant/qdrant}\n"), "");
    const auto open = modelOf({{"compose.yaml", "services: {llm: {image: vllm/vllm-openai, ports: ['80:8000']}}\n"}});
    CHECK_EQ(said(open, "inf-debug-server"), "inference-endpoint unknown");
    const auto own =
        modelOf({{"compose.yaml", "services: {llm: {image: vllm/vllm-openai, ports: ['127.0.0.1:80:8000']}}\n"}});
    CHECK_EQ(said(own, "inf-debug-server"), "");
}

CUPEL_TEST(onePlaceIsNotDrawnTwice)
{
    CHECK_EQ(guessKey("src/patients.csv"), "patients.csv");
    CHECK_EQ(guessKey("src/data/patients.csv"), guessKey("data/patients.csv"));
    CHECK_EQ(guessKey("a/src/x.csv"), "a/x.csv"); // of another project
    CHECK_EQ(guessKey("models/x.csv"), "models/x.csv");
    lineage::LineageGraph graph;
    const auto node = [&graph](const char* locator) {
        lineage::Node one;
        one.kind = lineage::NodeKind::File;
        one.id = locator;
        one.label = "patients.csv";
        one.locator = locator;
        one.place.file = lineage::none;
        graph.nodes.push_back(one);
    };
    node("src/patients.csv");
    node("data/patients.csv");
    CHECK_EQ(modelOf({}, graph).elements.size(), 1U); // both are guesses
    CHECK_EQ(modelOf({{"data/raw/patients.csv", ""}}, graph).elements.size(), 1U);
    CHECK_EQ(modelOf({{"other/patients.csv", ""}}, graph).elements.size(), 2U);
    CHECK_EQ(modelOf({{"raw/patients.csv", ""}, {"input/patients.csv", ""}}, graph).elements.size(), 3U); // which one?
}

CUPEL_TEST(aHoleIsNamedByWhatIsKnown)
{
    const auto name = [](const char* label, const char* locator) {
        lineage::Node node;
        node.kind = lineage::NodeKind::File;
        node.label = label;
        node.locator = locator;
        return nameOfNode(node);
    };
    CHECK_EQ(name("*", "*"), "some files");
    CHECK_EQ(name("*.csv", "data/*.csv"), "some CSV files in data/");
    CHECK_EQ(name("*", "data/*/x/*"), "some files in data/");
    CHECK_EQ(name("part-*.csv", "data/part-*.csv"), "part-*.csv");
    CHECK_EQ(name("*", "s3://bucket/*"), "something at s3://bucket");
    CHECK_EQ(name("*", "https://*/x/*"), "an unknown place (https)");
    CHECK_EQ(name("rows.csv", "rows.csv"), "rows.csv");
}

// Addresses of hubs end in a version, others in a query: neither is a name.
CUPEL_TEST(aVersionIsNoName)
{
    static constexpr std::pair<const char*, const char*> rows[] = {
        {"https://tfhub.dev/google/movenet/singlepose/lightning/4", "movenet/lightning 4"},
        {"https://tfhub.dev/google/lite-model/movenet/singlepose/lightning/tflite/float16/4?lite-format=tflite",
            "movenet/lightning/float16 4"},
        {"https://tfhub.dev/google/imagenet/mobilenet_v2_035_128/feature_vector/2",
            "mobilenet_v2_035_128/feature_vector 2"},
        {"https://tfhub.dev/tensorflow/bert_en_uncased_preprocess/3", "bert_en_uncased_preprocess 3"},
        {"https://www.kaggle.com/models/google/yamnet/TensorFlow2/yamnet/1", "yamnet/yamnet 1"},
        {"https://tfhub.dev/4", "4"},
        {"my_mnist_model/0001", "my_mnist_model 0001"},
        {"*/mobilenet/1", "mobilenet 1"},
        {"*/1", "1"},
        {"https://example.com/photos/one.png?raw=true", "one.png"},
        {"https://drive.google.com/uc?id=1Ag0jd21oRwJ", "drive.google.com/uc"},
        {"https://example.com/rows.csv", "rows.csv"},
        {"what?.csv", "what?.csv"},
    };
    for (const auto& [locator, wanted] : rows) {
        lineage::Node node;
        node.kind = lineage::NodeKind::Remote;
        node.locator = locator;
        node.label = fileName(locator);
        CHECK_EQ(nameOfNode(node), wanted);
    }
}

CUPEL_TEST(aFileOfAModelIsNoDataset)
{
    for (const char* model : {"net.tflite", "a/gpt2-small.pth", "iris_model.pkl", "shakespeare_model.tgz",
             "model.tar.gz", "aml_model", "*/aml_model/*", "my_model/**/*", "model-weights.h5", "saved_model.pb",
             "https://example.com/m/net.onnx?raw=true"}) {
        CHECK(isNamedLikeModel(model));
    }
    for (const char* data : {"rows.csv", "vocab.pkl", "model_backtest", "models", "scores/gpt4-model-1-response.json",
             "remodel.zip", "data/*", "*", "", "model.safetensors.index.json", "model.py", "rows.h5"}) {
        CHECK(!isNamedLikeModel(data));
    }
    lineage::Node node;
    node.kind = lineage::NodeKind::File;
    node.locator = "models/net.tflite";
    CHECK_EQ(kindOfNode(node), "model-file");
    node.locator = "rows.csv";
    CHECK_EQ(kindOfNode(node), "dataset");
}

CUPEL_TEST(oneTableKnowsThePackagesOfLanguageModels)
{
    CHECK(isLanguageModel("openai.openai().chat.completions.create") && isLanguageModel("langchain_openai"));
    CHECK(isLanguageModel("crewai") && isLanguageModel("google.genai.types"));
    CHECK(!isLanguageModel("google") && !isLanguageModel("chromadb") && !isLanguageModel("flask.flask"));
    lineage::Node node;
    node.kind = lineage::NodeKind::Service;
    node.api = "vllm.LLM"; // what only one of two lists knew
    CHECK_EQ(kindOfNode(node), "llm-app");
    node.api = "requests.get";
    CHECK_EQ(kindOfNode(node), "data-source");
}
