// SPDX-License-Identifier: GPL-3.0-or-later
// A page to sign on: which state of the model it is about, what remains in it, and lines for those who answer for it.
#include "analyzers/report/sections/threat_support.h"
#include "analyzers/report/text.h"
#include "analyzers/report/threats/threat_drawing.h"

#include <algorithm>

namespace cupel::report::threat_sign_off {

namespace {

using namespace threats;

constexpr std::size_t mostListed = 12;

} // namespace

Section build(const Input& input)
{
    Section section;
    if (!input.options.threats || input.options.threats->overlaid.model.elements.empty()) {
        return section;
    }
    section.ownPage = true;
    const ThreatTexts texts(input);
    std::size_t open = 0;
    std::size_t grave = 0;
    std::size_t decided = 0;
    List worst;
    for (const Threat* threat : texts.order()) {
        decided += isDecided(*threat) ? 1 : 0;
        if (!isOpen(texts.review(), *threat)) {
            continue;
        }
        ++open;
        const int severity = threat->severity ? static_cast<int>(*threat->severity) : -1;
        grave += severity >= static_cast<int>(Severity::High) ? 1 : 0;
        if (severity >= static_cast<int>(Severity::High) && worst.items.size() < mostListed) {
            worst.items.push_back(
                {severity, texts.titleOf(*threat), texts.names().of(threat->target), texts.anchorOf(*threat)});
        }
    }
    const auto& team = texts.review().team;
    section.blocks.emplace_back(KeyValues{
        {{"Threats", grouped(texts.order().size())}, {"Open", grouped(open)}, {"Decisions", grouped(decided)},
            {"Last change", team.events.empty() ? std::string("none recorded") : momentOf(team.events.back().at)}},
        2});
    if (open > 0) {
        section.blocks.emplace_back(
            Paragraph{"Whoever signs takes note of " + counted(open, "open threat", "open threats")
                    + (grave == 0                 ? std::string(", none of them high or critical.")
                            : grave <= mostListed ? std::string(". The high and critical ones:")
                                                  : ". The first " + std::to_string(mostListed) + " of "
                                + grouped(grave) + " high and critical ones:"),
                Paragraph::Tone::Body});
    }
    if (!worst.items.empty()) {
        section.blocks.emplace_back(std::move(worst));
    }
    section.blocks.emplace_back(
        drawSignatures({"For the system (owner)", "For security (reviewer)", "For data and privacy"}));
    return section;
}

} // namespace cupel::report::threat_sign_off
