// SPDX-License-Identifier: GPL-3.0-or-later
// VerdictCard: the words for what stays in a file although the profile is met.
#include "widgets/fixes/verdict_card.h"

#include "widgets/models/shown_text.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

namespace cupel::widgets {

// In the words of what was decided; the reports say the same (review::acceptedWords).
QString VerdictCard::keptLine(review::Reason reason, int count)
{
    switch (reason) {
    case review::Reason::FalsePositive:
        return tr("%n finding(s) stay, called a false positive", nullptr, count);
    case review::Reason::TestData:
        return tr("%n finding(s) stay, called test data", nullptr, count);
    case review::Reason::Mitigated:
        return tr("%n finding(s) stay, called mitigated", nullptr, count);
    case review::Reason::WontFix:
        return tr("%n finding(s) stay, left unfixed", nullptr, count);
    case review::Reason::AcceptedRisk:
        break;
    }
    return tr("%n finding(s) stay, accepted", nullptr, count);
}

QString VerdictCard::keptLineBy(review::Reason reason, int count, const QString& author)
{
    const auto by = [reason, count] {
        switch (reason) {
        case review::Reason::FalsePositive:
            return tr("%n finding(s) stay, called a false positive by %1", nullptr, count);
        case review::Reason::TestData:
            return tr("%n finding(s) stay, called test data by %1", nullptr, count);
        case review::Reason::Mitigated:
            return tr("%n finding(s) stay, called mitigated by %1", nullptr, count);
        case review::Reason::WontFix:
            return tr("%n finding(s) stay, left unfixed by %1", nullptr, count);
        case review::Reason::AcceptedRisk:
            break;
        }
        return tr("%n finding(s) stay, accepted by %1", nullptr, count);
    };
    return author.isEmpty() ? keptLine(reason, count) : by().arg(author);
}

QString VerdictCard::keptNote(const FixOutcome& outcome)
{
    const auto kept = outcome.verdictAfter.accepted();
    std::set<review::Reason> reasons;
    for (const auto& ref : kept) {
        const auto* decision = outcome.decisions ? outcome.decisions->find(ref.analysis->findings[ref.index]) : nullptr;
        const auto reason = decision ? decision->reason : review::Reason::AcceptedRisk;
        reasons.insert(reason);
    }
    const auto count = static_cast<int>(kept.size());
    if (reasons.size() > 1) {
        return tr("with %n finding(s) in it that somebody answered for", nullptr, count);
    }
    if (kept.empty()) {
        return {};
    }
    switch (*reasons.begin()) {
    case review::Reason::FalsePositive:
        return tr("with %n finding(s) in it called a false positive", nullptr, count);
    case review::Reason::TestData:
        return tr("with %n finding(s) in it called test data", nullptr, count);
    case review::Reason::Mitigated:
        return tr("with %n finding(s) in it called mitigated", nullptr, count);
    case review::Reason::AcceptedRisk:
        return tr("with %n accepted finding(s) in it", nullptr, count);
    case review::Reason::WontFix:
        return tr("with %n finding(s) in it left unfixed", nullptr, count);
    }
    return {};
}

// What stays because somebody answered for it, a line for each answer.
QStringList VerdictCard::keptLines(
    const std::vector<review::FindingRef>& findings, const review::DecisionSet* decisions)
{
    std::map<std::tuple<review::Reason, QString, QString>, int> accepted; // why, by whom, until when
    int others = 0; // by a baseline or a comment
    for (const auto& ref : findings) {
        const Finding& finding = ref.analysis->findings[ref.index];
        const auto* decision = decisions ? decisions->find(finding) : nullptr;
        if (!decision) {
            ++others;
            continue;
        }
        auto author = shownText(decision->author.substr(0, 60));
        if (!author.isEmpty() && review::isForAnotherFile(*decision, finding)) {
            author = tr("%1 for %2", "who, for which file").arg(author, shownFileName(decision->artifact));
        }
        ++accepted[{decision->reason, author, shownText(decision->expires.substr(0, 10))}];
    }
    QStringList lines;
    for (const auto& [key, count] : accepted) {
        const auto& [reason, author, until] = key;
        lines +=
            keptLineBy(reason, count, author) + (until.isEmpty() ? QString() : tr(" until %1", "a date").arg(until));
    }
    if (others > 0) {
        lines += tr("%n finding(s) stay, answered for", nullptr, others);
    }
    return lines;
}

// What stays in the file although the gate lets it pass, a line each.
QStringList VerdictCard::keptWords(const review::GateResult& gate, const review::DecisionSet* decisions)
{
    QStringList lines = keptLines(gate.accepted, decisions);
    if (gate.allowed > 0) {
        lines += tr("%n finding(s) stay, a comment in the file allows it", nullptr, static_cast<int>(gate.allowed));
    }
    for (const auto& what : gate.notJudged) {
        lines += shownText(what);
    }
    return lines;
}

// Too mild for the gate, or only not sure enough.
QString VerdictCard::belowWords(const review::GateResult& gate, const QString& stays)
{
    return (gate.unsure > 0 && gate.unsure == gate.below.size()
            ? tr("Stays: %1, below what the profile asks: grave enough, but only possible", "counts by severity")
            : tr("Stays: %1, below what the profile asks", "counts by severity"))
        .arg(stays);
}

// It takes nothing from a gate that passed.
QString VerdictCard::seenWords(std::uint64_t pictures)
{
    return pictures == 1 ? tr("A person has looked at one picture")
                         : tr("A person has looked at %n pictures", nullptr,
                               static_cast<int>(std::min<std::uint64_t>(pictures, 1'000'000)));
}

// Milder than the gate asks, and decided: they stay all the same.
QString VerdictCard::answeredWords(int count)
{
    return tr("%n milder finding(s) stay, answered for", nullptr, count);
}

} // namespace cupel::widgets
