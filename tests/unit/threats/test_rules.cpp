// SPDX-License-Identifier: GPL-3.0-or-later
// Every rule of resources/threats/rules.tsv fires on one small model of tests/data/threats/rules.tsv and is silent on
// another.
#include "analyzers/threats/knowledge/attribute_words.h"
#include "analyzers/threats/knowledge/tables.h"
#include "analyzers/threats/rules/model_index.h"
#include "tests/unit/check.h"

#include <algorithm>
#include <fstream>
#include <sstream>

using namespace cupel;
using namespace cupel::threats;

namespace {

// The words of one model; see the file.
class Maker {
public:
    explicit Maker(std::string kind)
        : m_kind(std::move(kind))
    {
        m_self.id = "self";
        m_self.kind = m_kind == "data-flow" || m_kind == "system" ? "notebook" : m_kind;
    }

    void word(const std::string& word)
    {
        const auto end = word.find_first_of(":{[@");
        const std::string what = word.substr(0, end);
        if (what == "find") {
            m_findings["self"].insert(word.substr(5));
        } else if (what == "at") {
            m_self.zone = zone(word.substr(3));
        } else if (what == "self") {
            if (end != std::string::npos && word[end] == ':') {
                m_self.kind = kindOf(word);
            }
            m_hasSelf = true;
            fill(m_self, inside(word, '{', '}'));
        } else {
            other(what, word);
        }
    }

    ThreatModel take()
    {
        const bool alone =
            std::none_of(m_model.elements.begin(), m_model.elements.end(), [](const Element&) { return true; });
        if (m_hasSelf || alone || !m_model.flows.empty() || !m_findings.empty()) {
            m_model.elements.insert(m_model.elements.begin(), m_self);
        }
        return m_model;
    }
    [[nodiscard]] const ModelIndex::FindingTypes& findings() const { return m_findings; }

private:
    static std::string inside(const std::string& word, char open, char close)
    {
        const auto from = word.find(open);
        const auto to = word.find(close, from);
        return from == std::string::npos ? std::string() : word.substr(from + 1, to - from - 1);
    }

    static std::string kindOf(const std::string& word)
    {
        const auto from = word.find(':') + 1;
        return word.substr(from, word.find_first_of("{[@", from) - from);
    }

    static void fill(DiagramPart& part, const std::string& text)
    {
        std::istringstream words(text);
        for (std::string pair; std::getline(words, pair, '|');) {
            const auto sign = pair.find('=');
            setAttribute(part, pair.substr(0, sign), pair.substr(sign + 1), Origin::Scanned);
        }
    }

    std::string zone(const std::string& text)
    {
        const auto slash = text.find('/');
        Zone zone;
        zone.id = text.substr(0, slash);
        zone.trust = std::stoi(text.substr(slash + 1));
        const bool known =
            std::any_of(m_model.zones.begin(), m_model.zones.end(), [&](const Zone& one) { return one.id == zone.id; });
        if (!known) {
            m_model.zones.push_back(zone);
        }
        return zone.id;
    }

    void other(const std::string& what, const std::string& word)
    {
        Element element;
        element.id = what + std::to_string(m_model.elements.size());
        element.kind = kindOf(word);
        fill(element, inside(word, '{', '}'));
        if (const auto at = word.find('@'); at != std::string::npos) {
            element.zone = zone(word.substr(at + 1));
        }
        const std::string flow = inside(word, '[', ']');
        if (what == "in") {
            join(element.id, "self", flow);
        } else if (what == "out") {
            join("self", element.id, flow);
        } else if (what == "up") {
            Element between;
            between.id = "between";
            between.kind = "training-job";
            m_model.elements.push_back(between);
            join(element.id, between.id, flow);
            join(between.id, "self", {});
        }
        m_model.elements.push_back(element);
    }

    void join(const std::string& from, const std::string& to, const std::string& attributes)
    {
        Flow flow;
        flow.id = "flow" + std::to_string(m_model.flows.size());
        flow.source = from;
        flow.target = to;
        fill(flow, attributes);
        m_model.flows.push_back(flow);
    }

    std::string m_kind;
    Element m_self;
    bool m_hasSelf = false;
    ThreatModel m_model;
    ModelIndex::FindingTypes m_findings;
};

// Blanks inside of brackets separate attributes, elsewhere they separate words.
std::vector<std::string> wordsOf(const std::string& text)
{
    std::vector<std::string> out;
    std::string word;
    int depth = 0;
    for (const char c : text + ' ') {
        depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
        if (c == ' ' && depth == 0) {
            if (!word.empty()) {
                out.push_back(word);
            }
            word.clear();
        } else {
            word += c == ' ' ? '|' : c;
        }
    }
    return out;
}

bool fires(const ThreatRule& rule, const std::string& text)
{
    Maker maker(rule.scope == ThreatRule::Scope::Model ? "system" : rule.kind);
    for (const auto& word : wordsOf(text)) {
        maker.word(word);
    }
    const ThreatModel model = maker.take();
    const ModelIndex index(model, maker.findings());
    const auto holds = [&](const DiagramPart* self, const DiagramPart* owner = nullptr) {
        const Verdict verdict = rule.condition.holds(index, self, owner);
        for (const Reason& reason : verdict.reasons) { // people read them
            if (reason.key != "flow" && reason.key != "zone" && reason.key != "finding"
                && wordsOfAttribute(reason.key) == nullptr) {
                test::report(false, __FILE__, __LINE__, "there are no words for " + reason.key);
            }
        }
        return verdict.truth >= Truth::Assumed;
    };
    const auto isKind = [&](const Element& element) { return element.kind == rule.kind; };
    switch (rule.scope) {
    case ThreatRule::Scope::Element:
        return std::any_of(model.elements.begin(), model.elements.end(),
            [&](const Element& element) { return isKind(element) && holds(&element); });
    case ThreatRule::Scope::Interaction:
        return std::any_of(model.elements.begin(), model.elements.end(), [&](const Element& element) {
            return isKind(element) && std::any_of(model.flows.begin(), model.flows.end(), [&](const Flow& flow) {
                return holds(&flow, &element);
            });
        });
    case ThreatRule::Scope::Flow:
        return std::any_of(model.flows.begin(), model.flows.end(), [&](const Flow& flow) { return holds(&flow); });
    case ThreatRule::Scope::Model:
        return holds(nullptr);
    }
    return false;
}

} // namespace

CUPEL_TEST(everyRuleFiresHereAndNotThere)
{
    std::ifstream table(std::string(CUPEL_SOURCE_DIR) + "/tests/data/threats/rules.tsv");
    REQUIRE(table.good());
    std::map<std::string, std::pair<std::string, std::string>> models;
    for (std::string line; std::getline(table, line);) {
        if (line.empty() || line[0] == '#') {
            continue;
        }
        std::istringstream cells(line);
        std::string id;
        std::getline(cells, id, '\t');
        std::getline(cells, models[id].first, '\t');
        std::getline(cells, models[id].second, '\t');
    }
    for (const auto& rule : builtInRules()) {
        const auto found = models.find(rule.id);
        if (found == models.end()) {
            test::report(false, __FILE__, __LINE__, "no models for " + rule.id);
            continue;
        }
        if (!fires(rule, found->second.first)) {
            test::report(false, __FILE__, __LINE__, rule.id + " does not fire on " + found->second.first);
        }
        if (fires(rule, found->second.second)) {
            test::report(false, __FILE__, __LINE__, rule.id + " fires on " + found->second.second);
        }
        models.erase(found);
    }
    for (const auto& [id, model] : models) {
        test::report(false, __FILE__, __LINE__, "there is no rule " + id);
    }
}

CUPEL_TEST(reasonsAreSaidInWords)
{
    const auto words = [](const char* key, const char* value) { return inWords({"part", key, value}); };
    CHECK_EQ(words("outputs_saved", "unknown"), "nobody knows whether outputs are saved in it");
    CHECK_EQ(words("outputs_saved", "true"), "outputs are saved in it");
    CHECK_EQ(words("encrypted", "false"), "it is not so that the connection is encrypted");
    CHECK_EQ(words("origin", "public"), "origin: public");
    CHECK_EQ(words("licence", "unknown"), "licence is not known");
    CHECK_EQ(words("my_own-key", "3"), "my own key: 3");
    CHECK_EQ(words("finding", "nb.pii.in-output"), "the scan found: pii in output");
    CHECK_EQ(words("finding", "nb.secret.*"), "the scan found: secret");
}
