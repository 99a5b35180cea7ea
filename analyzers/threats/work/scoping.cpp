// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/threats/work/scoping.h"

#include "analyzers/threats/knowledge/attribute_words.h"

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
    std::size_t yes = 0;
    std::size_t no = 0;
    for (const Element& element : model.elements) {
        if (!isAbout(question, element)) {
            continue;
        }
        ++out.about;
        const Attribute* attribute = find(element, question.attribute);
        if (attribute && attribute->origin != Origin::Answered) {
            ++out.known;
            yes += saysSame(attribute->value, question.yes) ? 1 : 0;
            no += saysSame(attribute->value, question.no) ? 1 : 0;
            if (out.example.empty()) {
                const bool no_ = saysSame(attribute->value, question.no);
                out.example = element.name + ": "
                    + (saysSame(attribute->value, question.yes) ? "yes"
                            : no_                               ? "no"
                                                                : attribute->value);
            }
        }
        if (attribute) {
            out.overruled += attribute->origin == Origin::Answered && !attribute->evidence.empty() ? 1 : 0;
            out.evidence.insert(out.evidence.end(), attribute->evidence.begin(), attribute->evidence.end());
        }
        if (const Attribute* beside = find(element, question.beside)) {
            matters.insert(matters.end(), beside->evidence.begin(), beside->evidence.end());
        }
    }
    if (out.about > 0 && (yes == out.about || no == out.about)) {
        out.answer = yes == out.about;
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
            const Attribute* known = isAbout(question, element) ? find(element, question.attribute) : nullptr;
            const bool overrules = known && known->origin == Origin::Scanned && !saysSame(known->value, value);
            if (isAbout(question, element) && (!known || overrules)) {
                setAttribute(element, question.attribute, value, Origin::Answered); // where it was seen stays with it
            }
        }
    }
}

} // namespace cupel::threats
