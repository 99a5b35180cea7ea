// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/scoping.h"

#include <algorithm>

namespace cupel::threats {

namespace {

bool isAbout(const ScopingQuestion& question, const Element& element)
{
    return std::find(question.kinds.begin(), question.kinds.end(), element.kind) != question.kinds.end();
}

const Attribute* find(const Element& element, const std::string& key)
{
    const auto found = std::find_if(element.attributes.begin(), element.attributes.end(),
        [&key](const Attribute& attribute) { return attribute.key == key; });
    return found == element.attributes.end() ? nullptr : &*found;
}

} // namespace

ScopingFact factOf(const ScopingQuestion& question, const ThreatModel& model)
{
    ScopingFact out;
    std::vector<std::string> matters;
    for (const Element& element : model.elements) {
        if (!isAbout(question, element)) {
            continue;
        }
        ++out.about;
        const Attribute* attribute = find(element, question.attribute);
        if (attribute && attribute->origin != Origin::Answered) {
            ++out.known;
            if (out.example.empty()) {
                out.example = element.name + ": " + attribute->value;
            }
            out.evidence.insert(out.evidence.end(), attribute->evidence.begin(), attribute->evidence.end());
        }
        if (const Attribute* beside = find(element, question.beside)) {
            matters.insert(matters.end(), beside->evidence.begin(), beside->evidence.end());
        }
    }
    out.evidence.insert(out.evidence.end(), matters.begin(), matters.end());
    return out;
}

void applyAnswers(ThreatModel& model, const std::map<std::string, std::string>& answers)
{
    for (const ScopingQuestion& question : scopingQuestions()) {
        const auto answer = answers.find(question.id);
        if (answer == answers.end() || (answer->second != "yes" && answer->second != "no")) {
            continue;
        }
        const std::string& value = answer->second == "yes" ? question.yes : question.no;
        for (Element& element : model.elements) {
            if (isAbout(question, element) && !find(element, question.attribute)) {
                setAttribute(element, question.attribute, value, Origin::Answered);
            }
        }
    }
}

} // namespace cupel::threats
