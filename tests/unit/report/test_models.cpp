// SPDX-License-Identifier: GPL-3.0-or-later
// What reports tell of models: what is in them and what they would do, cut where it is long, and nothing sensitive,
// whether the bytes are there, were there, or never were.
#include "analyzers/convert/conversion.h"
#include "analyzers/engine/scan.h"
#include "analyzers/model/model_questions.h"
#include "analyzers/model/name_mask.h"
#include "analyzers/model/neighbours.h"
#include "analyzers/report/build.h"
#include "analyzers/report/model_whole.h"
#include "analyzers/report/writers/csv.h"
#include "analyzers/report/writers/html.h"
#include "analyzers/report/writers/json.h"
#include "analyzers/report/writers/junit.h"
#include "analyzers/report/writers/markdown.h"
#include "analyzers/report/writers/outline.h"
#include "analyzers/report/writers/sarif.h"
#include "tests/unit/check.h"
#include "tests/unit/rules/made.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <utility>

using namespace cupel;
using nlohmann::json;

namespace {

AnalysisPtr analysed(const std::string& bytes, const std::string& name)
{
    ScanOptions options;
    options.keepBytes = true;
    Budget budget;
    Artifact artifact;
    artifact.path = name;
    artifact.bytes = std::make_shared<const std::string>(bytes);
    return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), options, budget));
}

Workspace workspaceOf(const std::vector<AnalysisPtr>& analyses)
{
    Workspace workspace;
    workspace.roots = {"in"};
    for (const auto& analysis : analyses) {
        workspace.analyses[analysis->artifact.path] = analysis;
    }
    return workspace;
}

Workspace withoutBytes(const Workspace& workspace)
{
    Workspace out = workspace;
    for (auto& [path, analysis] : out.analyses) {
        auto copy = std::make_shared<Analysis>(*analysis);
        copy->artifact.bytes.reset();
        analysis = copy;
    }
    return out;
}

report::ModelBriefs briefsOf(const Workspace& workspace, report::BriefDetail detail = report::BriefDetail::All)
{
    report::ModelBriefs out;
    for (const auto& [path, analysis] : workspace.analyses) {
        if (auto brief = report::modelBrief(*analysis, detail)) {
            out.emplace(path, std::move(brief));
        }
    }
    return out;
}

// Every text that a report may be.
std::vector<std::pair<std::string, std::string>> outputs(const Workspace& workspace, const report::ModelBriefs& models)
{
    report::Options options;
    options.models = models;
    report::RunInfo run;
    run.models = models;
    const auto document = report::build(workspace, options);
    std::vector<std::pair<std::string, std::string>> out{
        {"html", report::writeHtml(document)}, {"markdown", report::writeMarkdown(document)}};
    using Write = void (*)(const Workspace&, const report::RunInfo&, const report::TextSink&);
    for (const auto& [name, write] : {std::pair<const char*, Write>{"sarif", &report::writeSarif},
             {"json", &report::writeJson}, {"csv", &report::writeCsv}, {"junit", &report::writeJunit}}) {
        std::string text;
        write(workspace, run, [&text](std::string_view piece) { text += piece; });
        out.emplace_back(name, std::move(text));
    }
    return out;
}

std::string safetensors(const json& header, std::size_t data)
{
    const auto text = header.dump();
    std::string out;
    for (unsigned i = 0; i < 8; ++i) {
        out.push_back(static_cast<char>(text.size() >> (8 * i) & 0xff));
    }
    return out + text + std::string(data, '\0');
}

json tensor(std::size_t start, std::size_t end)
{
    return {{"dtype", "U8"}, {"shape", {end - start}}, {"data_offsets", {start, end}}};
}

std::string shortText(const std::string& text)
{
    return "\x8c" + std::string(1, static_cast<char>(text.size())) + text;
}

// {key: value, "x": random.seed(value)}
std::string pickleOf(const std::string& key, const std::string& value)
{
    return std::string("\x80\x04}(") + shortText(key) + shortText(value) + shortText("x") + shortText("random")
        + shortText("seed") + "\x93" + shortText(value) + "\x85Ru.";
}

bool has(const std::string& text, std::string_view part)
{
    return text.find(part) != std::string::npos;
}

// The canaries, and the files that hold each of them where a model holds texts.
struct Planted {
    std::vector<std::string> canaries;
    Workspace workspace;
};

Planted planted()
{
    test::Letters letters;
    Planted out;
    const auto token = [&] {
        out.canaries.push_back(test::githubToken(letters));
        return out.canaries.back();
    };
    const auto person = [&] {
        out.canaries.push_back("ines.morgenstern" + letters.of("0123456789", 6) + "@bluepost.de");
        return out.canaries.back();
    };
    const auto pickle = pickleOf(token(), token());
    const auto mail = pickleOf("contact", person());
    json header;
    header["__metadata__"] = {{token(), "a key"}, {"value", token()}, {"token", "x " + token() + " y"},
        {"contact", "write to " + person()}, {"long", std::string(380, 'a') + ' ' + token()}};
    header[token()] = tensor(0, 4);
    header["layer." + person()] = tensor(4, 8);
    auto plain = safetensors(header, 8);
    // The same as escapes: the file says \u0067, a reader g.
    const auto escaped = token();
    auto text = safetensors({{"@" + escaped, tensor(0, 4)}, {"__metadata__", {{"k", "@" + token()}}}}, 4);
    const auto growth = 2 * (std::string_view("\\u0067").size() - 2);
    for (auto at = text.find("@g"); at != std::string::npos; at = text.find("@g")) {
        text.replace(at, 2, "\\u0067");
    }
    const auto length = static_cast<unsigned char>(text[0]) + 256U * static_cast<unsigned char>(text[1]) + growth;
    text[0] = static_cast<char>(length & 0xff);
    text[1] = static_cast<char>(length >> 8);
    out.workspace = workspaceOf({analysed(pickle, "in/a.pkl"), analysed(mail, "in/mail.pkl"),
        analysed(plain, "in/b.safetensors"), analysed(text, "in/c.safetensors")});
    return out;
}

const report::Section* modelsOf(const report::Document& document)
{
    for (const auto& section : document.sections) {
        if (section.id == "models") {
            return &section;
        }
    }
    return nullptr;
}

} // namespace

CUPEL_TEST(nothing_is_said_without_a_model)
{
    const auto workspace = workspaceOf({analysed("x = 1\n", "in/a.py"), analysed("words\n", "in/b.txt")});
    CHECK(modelsOf(report::build(workspace, {})) == nullptr);
    CHECK(report::modelsOf(workspace).empty());
}

CUPEL_TEST(no_canary_of_a_model_is_in_any_report)
{
    const auto made = planted();
    const auto bare = withoutBytes(made.workspace);
    for (const auto& [path, analysis] : made.workspace.analyses) {
        CHECK(!analysis->sensitive.empty());
    }
    for (const auto& [workspace, models] :
        {std::pair(made.workspace, report::ModelBriefs()), std::pair(made.workspace, briefsOf(made.workspace)),
            std::pair(bare, briefsOf(made.workspace)), std::pair(bare, report::ModelBriefs())}) {
        for (const auto& [name, text] : outputs(workspace, models)) {
            for (const auto& canary : made.canaries) {
                // Whole or in part: the first letters may stay, they say which kind it is.
                CHECK(!has(text, canary.substr(4, 12)));
                CHECK(!has(text, canary.substr(canary.size() - 14, 12)));
            }
            CHECK(name == "csv" || name == "junit" || name == "json" || has(text, "safetensors"));
        }
    }
    const auto markdown = report::writeMarkdown(report::build(made.workspace, {}));
    CHECK(has(markdown, "random.seed") && has(markdown, "a key") && has(markdown, "| contact |"));
}

CUPEL_TEST(names_of_a_json_header_are_masked_as_they_read)
{
    const auto made = planted();
    const NameMask mask(*made.workspace.analyses.at("in/c.safetensors"));
    CHECK(!has(mask("a " + made.canaries[made.canaries.size() - 2]), made.canaries[made.canaries.size() - 2]));
}

CUPEL_TEST(long_lists_are_cut_and_say_so)
{
    json header;
    for (std::size_t i = 0; i < 300; ++i) {
        header["layer" + std::to_string(i)] = tensor(i, i + 1);
        header["__metadata__"]["key" + std::to_string(i)] = "v";
    }
    const auto workspace = workspaceOf({analysed(safetensors(header, 300), "in/a.safetensors")});
    const auto document = report::build(workspace, {});
    const auto markdown = report::writeMarkdown(document);
    CHECK(has(markdown, "300 tensors, 300 numbers"));
    CHECK(has(markdown, "and 280 more.") && has(markdown, "and 260 more."));
    CHECK(has(markdown, "Every byte of it is accounted for, and none is hidden."));
    CHECK_EQ(document.scope, "1 model file");
}

CUPEL_TEST(the_program_is_shown_around_what_is_grave)
{
    std::string body = "\x80\x04](";
    for (int i = 0; i < 200; ++i) {
        body += shortText("decimal") + shortText("Decimal") + "\x93" + shortText(std::to_string(i)) + "\x85R";
    }
    body += shortText("os") + shortText("system") + "\x93" + shortText("id") + "\x85R" + "e.";
    const auto analysis = analysed(body, "in/a.pkl");
    const auto brief = report::modelBrief(*analysis);
    REQUIRE(brief != nullptr);
    bool grave = false;
    std::uint64_t lines = 0;
    for (const auto& line : brief->program) {
        grave = grave || (line.loud && has(line.text, "os.system('id')"));
        lines += line.text.empty() ? line.leftOut : 1;
    }
    CHECK(grave);
    CHECK_EQ(lines, brief->programLines);
    CHECK(brief->program.size() < 60U);
    const auto markdown = report::writeMarkdown(report::build(workspaceOf({analysis}), {}));
    CHECK(has(markdown, "Yes, loading this file can run code") && has(markdown, "lines are left out here"));
}

CUPEL_TEST(the_answer_about_conversion_needs_no_bytes)
{
    ScanOptions options;
    options.keepBytes = true;
    const std::string folder = CUPEL_SOURCE_DIR "/tests/data/formats/";
    std::size_t possible = 0;
    for (const char* name : {"zip/torch.pt", "pickle/torch_old.pth", "pickle/torch_old_cut.pth", "npy/floats.npy",
             "gguf/whole.gguf", "pickle/calls.pkl"}) {
        const auto whole = engine::scanAll({folder + name}, options);
        std::vector<AnalysisPtr> parts;
        std::vector<AnalysisPtr> bare;
        for (const auto& [path, analysis] : whole.analyses) {
            parts.push_back(analysis);
        }
        const auto without = withoutBytes(whole);
        for (const auto& [path, analysis] : without.analyses) {
            bare.push_back(analysis);
        }
        const bool can = static_cast<bool>(convert::planConversion(parts));
        possible += can ? 1 : 0;
        CHECK_EQ(convert::conversionTrouble(parts).empty(), can);
        CHECK_EQ(convert::conversionTrouble(bare), convert::conversionTrouble(parts));
    }
    CHECK(possible >= 3U);
}

// Flaws of form are no code, what every loader reads is not hidden, and rules answer only as what they are.
CUPEL_TEST(questions_are_answered_by_their_own_findings)
{
    const auto header = json{{"a", tensor(0, 4)}};
    auto file = safetensors(header, 264);
    std::fill(file.end() - 260, file.end(), '\7');
    const auto whole = workspaceOf({analysed(file, "tail.safetensors")});
    const auto models = report::modelsOf(whole);
    REQUIRE(models.size() == 1);
    CHECK(report::canRun(models.front()).findings.empty());
    CHECK(report::canRun(models.front()).kind == report::RunAnswer::Kind::NotKnown); // bytes that were not understood
    const auto hidden = report::hiddenBytes(models.front());
    REQUIRE(hidden.size() == 1);
    CHECK_EQ(hiddenSize(*hidden.front()).bytes, 260U);
    const auto markdown = outputs(whole, briefsOf(whole))[1].second;
    CHECK(has(markdown, "260 bytes"));
    CHECK(!has(markdown, "loading this file can run code: Bytes") && !has(markdown, "Perhaps loading"));
}

// The answer goes as far as loaders do: what they do not get to is told, and not called a Yes.
CUPEL_TEST(what_no_loader_gets_to_is_a_perhaps)
{
    const std::string call = "cos\nsystem\n(S'id'\ntR.";
    const auto kind = [](const std::string& bytes) {
        const auto answer = report::canRun({{analysed(bytes, "in/a.pkl")}});
        return std::pair(answer.kind, answer.outOfReach);
    };
    using Kind = report::RunAnswer::Kind;
    CHECK(kind(call) == std::pair(Kind::Yes, false));
    CHECK(kind("N." + call) == std::pair(Kind::Yes, false)); // a second load goes on there
    CHECK(kind("      \n" + call) == std::pair(Kind::Perhaps, true)); // as arrays of objects with a padded header
    CHECK(kind("N.\xff\xff\xff\xff\x80\x02" + call) == std::pair(Kind::Perhaps, true));
    CHECK(kind("N.") == std::pair(Kind::NoneFound, false));
    const auto text = report::writeMarkdown(report::build(workspaceOf({analysed("      \n" + call, "in/a.pkl")}), {}));
    CHECK(has(text, "Perhaps loading this file can run code"));
    CHECK(has(text, "Loaders that begin where the file begins do not get there."));
    CHECK(has(text, "waits for who begins there") && !has(text, "it asks for no names"));
    // Imported, not known and not called: said as it is.
    const auto names =
        report::writeMarkdown(report::build(workspaceOf({analysed("csome.package\nThing\n0N.", "in/a.pkl")}), {}));
    CHECK(has(names, "Nothing was found that loading this file would run"));
    CHECK(has(names, "Loading imports what is not known: some.package.Thing."));
}

CUPEL_TEST(members_are_no_other_files)
{
    const auto part = [](const char* path, std::vector<ModelReference> references) {
        auto out = std::make_shared<Analysis>();
        out->artifact.path = path;
        auto model = std::make_shared<ModelContent>();
        model->references = std::move(references);
        out->facts.model = std::move(model);
        return out;
    };
    const auto file = part("a.skops", {});
    const auto schema = part("a.skops!schema.json", {{"member", "1.npy", {}}, {"member", "../2.npy", {}}});
    const auto graph = part("a.skops!g/m.onnx", {{"external data", "w.bin", {}}, {"external data", "x.bin", {}}});
    const auto data = part("a.skops!g/w.bin", {});
    CHECK_EQ(report::otherFiles({{file, schema, graph, data}}).size(), 1U);
    CHECK_EQ(report::otherFiles({{file, schema, graph, data}})[0]->target, "x.bin");
    CHECK(report::otherFiles({{schema}}).empty());
    CHECK_EQ(report::otherFiles({{graph}}).size(), 2U); // by itself it has no neighbours
}

CUPEL_TEST(contents_and_verdict_name_the_file)
{
    const std::string call = "cos\nsystem\n(S'id'\ntR.";
    const auto two = report::build(workspaceOf({analysed(call, "in/a.pkl"), analysed(call, "in/b.pkl")}), {});
    std::string contents;
    for (const auto& entry : report::outlineOf(two)) {
        contents += entry.text + '\n';
    }
    CHECK(has(contents, "acts on the system, a.pkl\n") && has(contents, "acts on the system, b.pkl\n"));
    CHECK(has(report::writeMarkdown(two), "acts on the system in a.pkl, byte "));
    const auto one = report::build(workspaceOf({analysed(call, "in/a.pkl")}), {});
    CHECK(!has(report::outlineOf(one)[3].text, "a.pkl")); // there is no other
}

CUPEL_TEST(sarif_knows_members_tensors_and_entries)
{
    const std::string folder = CUPEL_SOURCE_DIR "/tests/data/formats/";
    ScanOptions options;
    options.keepBytes = true;
    const auto workspace = engine::scanAll({folder + "safetensors/carried.safetensors"}, options);
    report::RunInfo run;
    run.models = briefsOf(workspace, report::BriefDetail::Outline);
    std::string text;
    report::writeSarif(workspace, run, [&text](std::string_view piece) { text += piece; });
    const auto log = json::parse(text)["runs"][0];
    bool tensor = false;
    bool member = false;
    for (const auto& result : log["results"]) {
        for (const auto& place : result["locations"][0].value("logicalLocations", json::array())) {
            tensor = tensor || (place["fullyQualifiedName"] == "/tensors/b" && place["kind"] == "array");
            member = member || (place["name"] == "tensor-118" && place["kind"] == "resource");
        }
    }
    CHECK(tensor && member);
    CHECK_EQ(log["artifacts"][1]["parentIndex"], 0);
    CHECK_EQ(log["artifacts"][1]["hashes"]["sha-256"].get<std::string>().size(), 64U);
    CHECK_EQ(log["artifacts"][0]["properties"]["model"]["tensors"], 2);
    CHECK_EQ(log["artifacts"][1]["properties"]["model"]["loaders"][0]["verdict"], "runs");
}

CUPEL_TEST(aVerdictSaysNoSentenceTwice)
{
    const auto workspace = workspaceOf({analysed(
        R"({"cells":[{"cell_type":"code","execution_count":1,"metadata":{},"source":"f(x) = 2x","outputs":[]}],)"
        R"("metadata":{"language_info":{"name":"julia"}},"nbformat":4,"nbformat_minor":4})",
        "in/a.ipynb")});
    report::Options options;
    for (const bool withProfile : {true, false}) {
        options.profile = withProfile ? std::optional(*review::builtInProfile("public")) : std::nullopt;
        std::string text;
        for (const auto& section : report::build(workspace, options).sections) {
            for (const auto& block : section.blocks) {
                if (const auto* verdict = std::get_if<report::Verdict>(&block)) {
                    text += verdict->text;
                }
            }
        }
        const auto first = text.find("Code in Julia is not judged");
        CHECK(first != std::string::npos);
        CHECK(text.find("Code in Julia is not judged", first + 1) == std::string::npos);
    }
}

// What is of no kind that a gate asks about: the first page tells it all the same.
CUPEL_TEST(whatNoGateAsksAboutIsOnTheFirstPage)
{
    auto analysis = std::make_shared<Analysis>(*analysed("cos\nsystem\n(S'id'\ntR.", "in/a.pkl"));
    auto hidden = analysis->findings.front();
    hidden.rule = "CUP-ZIP-GAP";
    hidden.family = Family::Malformed;
    hidden.severity = Severity::High;
    hidden.title = "Bytes that no member holds";
    analysis->findings.push_back(hidden);
    report::Options options;
    options.profile = *review::builtInProfile("public");
    std::string verdict;
    std::vector<std::string> steps;
    const auto document = report::build(workspaceOf({analysis}), options);
    for (const auto& block : document.sections.front().blocks) {
        if (const auto* one = std::get_if<report::Verdict>(&block)) {
            verdict = one->text;
        } else if (const auto* list = std::get_if<report::List>(&block)) {
            for (const auto& item : list->items) {
                steps.push_back(item.text);
            }
        }
    }
    CHECK(has(verdict, "Does not hold: Nothing dangerous runs (1 finding). "));
    CHECK(has(verdict, "No gate of this profile asks about 1 high finding. "));
    REQUIRE(steps.size() == 2);
    CHECK(has(steps[0], "acts on the system") && steps[1] == hidden.title); // what is in the way comes first
}

// 0.1 as four bytes, written often, reads like text; its neighbours say what it is.
CUPEL_TEST(numbersOfTensorsAreNoText)
{
    auto neighbours = std::make_shared<Neighbours>();
    neighbours->members = {{"m/data.pkl", 80, {}}, {"m/data/0", 16, {}}, {"m/data/1", 0, {}}, {"m/version", 2, {}}};
    const auto member = [&neighbours](const std::string& name, const std::string& bytes) {
        Artifact artifact;
        artifact.path = "in/a.pt!" + name;
        artifact.parent = "in/a.pt";
        artifact.depth = 1;
        artifact.bytes = std::make_shared<const std::string>(bytes);
        artifact.beside = neighbours;
        Budget budget;
        return std::make_shared<const Analysis>(engine::analyze(std::move(artifact), {}, budget));
    };
    const auto numbers = member("m/data/0", "\xcd\xcc\xcc=\xcd\xcc\xcc=\xcd\xcc\xcc=\xcd\xcc\xcc=");
    CHECK_EQ(std::string(numbers->facts.format), "unknown");
    CHECK(numbers->facts.status == ReadStatus::Complete && numbers->findings.empty());
    CHECK(member("m/data/1", {})->findings.empty()); // a tensor without elements
    CHECK_EQ(std::string(member("m/version", "3\n")->facts.format), "text");
    const auto markdown = report::writeMarkdown(report::build(workspaceOf({numbers}), {}));
    CHECK(has(markdown, "| tensor data |"));
}

// Two findings about one call are one place, and one of high severity is not as grave as a critical one's neighbour.
CUPEL_TEST(places_that_run_code_are_counted_once)
{
    report::RunAnswer answer;
    std::vector<Finding> findings(4);
    for (auto& one : findings) {
        one.location.artifact = "in/a.pkl";
        one.severity = Severity::Critical;
        answer.findings.push_back(&one);
    }
    findings[0].location.bytes = findings[1].location.bytes = {50, 51};
    findings[2].location.bytes = {70, 71};
    findings[3].location.bytes = {90, 91};
    findings[3].severity = Severity::Medium;
    answer.kind = report::RunAnswer::Kind::Yes;
    CHECK_EQ(answer.places(), 2U);
    answer.kind = report::RunAnswer::Kind::Perhaps;
    CHECK_EQ(answer.places(), 3U);
}

CUPEL_TEST(a_template_is_a_program_too)
{
    const auto bytes = test::readFile(CUPEL_SOURCE_DIR "/tests/data/frameworks/gguf-0.19.0/llama.gguf").value_or("");
    const auto workspace = workspaceOf({analysed(bytes, "in/llama.gguf")});
    const auto answer = report::canRun(report::modelsOf(workspace).front());
    CHECK(answer.programs == 0 && answer.templates == 1);
    const auto markdown = report::writeMarkdown(report::build(workspace, {}));
    CHECK(has(markdown, "its template holds nothing that does harm") && !has(markdown, "no program"));
}

// A long value is cut in a report, which says of how much it is the beginning.
CUPEL_TEST(what_is_cut_says_so)
{
    const auto bytes =
        test::readFile(CUPEL_SOURCE_DIR "/tests/golden/cli/inspect_long_values/input/model.gguf").value_or("");
    const auto workspace = workspaceOf({analysed(bytes, "in/model.gguf")});
    const auto markdown = outputs(workspace, briefsOf(workspace))[1].second;
    CHECK(has(markdown, "the beginning of 690 bytes") && has(markdown, "the beginning of 734 bytes"));
}
