// SPDX-License-Identifier: GPL-3.0-or-later
// Chat templates: those in tests/golden/rules/templates, harmful and harmless, alone and inside of JSON.
#include "tests/unit/check.h"
#include "tests/unit/model_bytes.h"

#include <algorithm>
#include <set>

using namespace cupel;
using test::Judged;

namespace {

struct Case {
    std::string name;
    std::string expected;
    std::string text;
};

std::vector<Case> casesOf(const std::string& file)
{
    std::vector<Case> out;
    const auto content = test::readFile(std::string(CUPEL_SOURCE_DIR) + "/tests/golden/rules/templates/" + file);
    std::istringstream lines(content.value_or(""));
    for (std::string line; std::getline(lines, line);) {
        if (line.starts_with("--- ")) {
            const auto equals = std::min(line.find(" = "), line.size());
            out.push_back({line.substr(4, equals - 4), equals < line.size() ? line.substr(equals + 3) : "", ""});
        } else if (!out.empty()) {
            out.back().text += (out.back().text.empty() ? "" : "\n") + line;
        }
    }
    return out;
}

// As the cases write it: each rule once, by name.
std::string verdict(const Judged& judged)
{
    std::set<std::string> all;
    for (const auto& finding : judged.analysis.findings) {
        all.insert(finding.rule.substr(4) + ":" + std::string(toString(finding.severity)));
    }
    std::string out;
    for (const auto& one : all) {
        out += (out.empty() ? "" : " ") + one;
    }
    return out;
}

} // namespace

CUPEL_TEST(harmful_templates_are_found)
{
    const auto cases = casesOf("harmful.txt");
    CHECK(cases.size() > 50);
    for (const auto& one : cases) {
        const Judged judged(one.text, "chat_template.jinja");
        if (!CHECK_EQ(verdict(judged), one.expected)) {
            CHECK_EQ(one.name, one.text);
        }
    }
}

CUPEL_TEST(harmless_templates_are_left_alone)
{
    const auto cases = casesOf("harmless.txt");
    CHECK(cases.size() >= 15);
    for (const auto& one : cases) {
        const Judged judged(one.text, "chat_template.jinja");
        if (!CHECK_EQ(verdict(judged), "")) {
            CHECK_EQ(one.name, judged.analysis.findings.front().message);
        }
        CHECK(judged.complete());
    }
}

CUPEL_TEST(a_finding_shows_what_would_be_reached)
{
    const Judged judged("a\n{% set g = '__glo' ~ 'bals__' %}{{ lipsum[g]['o' ~ 's'].popen('id') }}\n", "a.jinja");
    const auto* finding = judged.finding("CUP-TEMPLATE-CODE");
    REQUIRE(finding != nullptr);
    CHECK(finding->message.find("lipsum.__globals__.os.popen('id')") != std::string::npos);
    CHECK_EQ(finding->location.line, 2);
}

CUPEL_TEST(what_stands_behind_blanks_is_found)
{
    const Judged judged("{{ messages }}" + std::string(200'000, ' ') + "{{ ''.__class__ }}", "a.jinja");
    CHECK_EQ(verdict(judged), "TEMPLATE-CODE:high TEMPLATE-PADDING:low");
    const Judged many("{{ ''.__class__ }}" + std::string(900'000, '{') + "{{ x.__globals__", "a.jinja");
    CHECK(many.finding("CUP-TEMPLATE-CODE") != nullptr);
}

// Renderers do not mind what stands in front.
CUPEL_TEST(templates_behind_megabytes_are_judged)
{
    constexpr std::size_t much = 5 << 20;
    const std::string evil = "{{ cycler.__init__.__globals__.os.popen('id') }}";
    const std::string blanks(much, ' ');
    const std::string words(much, 'x');
    struct Long {
        std::string text;
        bool complete;
    };
    for (const auto& [text, complete] : {Long{blanks + evil, true}, Long{"{#" + words + "#}" + evil, true},
             Long{words + evil, false}, Long{"{{ x" + blanks + "}}" + evil, true},
             Long{"{{ '}}' }}" + blanks + "{% if a %}" + blanks + evil + "{% endif %}", true}}) {
        const Judged judged(text, "chat_template.jinja");
        const auto& findings = judged.analysis.findings;
        const auto found = std::find_if(
            findings.begin(), findings.end(), [](const Finding& one) { return one.rule == "CUP-TEMPLATE-CODE"; });
        REQUIRE(found != findings.end());
        CHECK_EQ(std::string(toString(found->severity)), "critical");
        CHECK_EQ(found->location.bytes.start, text.find(evil));
        CHECK_EQ(judged.analysis.facts.status == ReadStatus::Complete, complete);
    }
    CHECK_EQ(verdict(Judged("{{ messages }}" + blanks + "{# end #}", "chat_template.jinja")), "TEMPLATE-PADDING:low");
}
