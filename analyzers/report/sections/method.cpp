// SPDX-License-Identifier: GPL-3.0-or-later
// How the result was reached, what it can and cannot say, and with which rules.
#include "analyzers/report/sections/support.h"
#include "analyzers/report/text.h"
#include "analyzers/rules/rule_set.h"

namespace cupel::report::method {

Section build(const Input& input)
{
    Section section;
    const auto say = [&](std::string text) {
        section.blocks.emplace_back(Paragraph{std::move(text), Paragraph::Tone::Body});
    };
    say("Each file was read as bytes and taken apart by a reader for its format. The text of every cell, output, "
        "attachment and "
        "metadata field was decoded and then judged by rules; each finding was traced back to the exact bytes in the "
        "file.");
    say("Nothing was run: no kernel was started, no code was imported, no object was unpickled, and no network was "
        "used. Checks of "
        "credentials are done offline, by their form and their checksums; whether a credential still opens anything "
        "was not tried.");
    say("Values of secrets are masked in this report and in everything attached to it. A finding names the place where "
        "the value stands.");
    section.blocks.emplace_back(
        KeyValues{{{"Program", "Cupel " CUPEL_VERSION}, {"Rule catalogue", std::string(rules::catalogueVersion())},
                      {"Rules", grouped(rules::catalogueSize())},
                      {"Least severity printed", std::string(toString(input.options.minSeverity))}},
            2});
    section.blocks.emplace_back(Heading{2, "Words used", "words", {}, -1});
    section.blocks.emplace_back(List{{{4, "Critical: gives control or money away at once; act today", {}, {}},
        {3, "High: opens a service or data to anyone who reads the file", {}, {}},
        {2, "Medium: helps an attacker, or opens something limited", {}, {}},
        {1, "Low: a test value, an expired value or poor practice", {}, {}},
        {0, "Info: worth knowing, made to be public or harmless alone", {}, {}}}});
    say("Certain: the form or a checksum leaves no doubt. Likely: form and surroundings agree. Possible: worth a look "
        "by a person.");
    section.blocks.emplace_back(Heading{2, "What this report cannot say", "limits", {}, -1});
    say("A report without findings says that the rules named here found nothing in the parts that were read. It does "
        "not say that "
        "there is nothing else. Text inside pictures is not read.");
    return section;
}

} // namespace cupel::report::method
