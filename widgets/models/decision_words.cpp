// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/decision_words.h"

#include "widgets/models/shown_text.h"

#include <QtCore/QCoreApplication>

namespace cupel::widgets {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(Decisions)
};

} // namespace

QString word(review::Reason reason)
{
    switch (reason) {
    case review::Reason::FalsePositive:
        return Words::tr("False positive");
    case review::Reason::TestData:
        return Words::tr("Test data");
    case review::Reason::AcceptedRisk:
        return Words::tr("Accepted risk");
    case review::Reason::Mitigated:
        return Words::tr("Mitigated");
    case review::Reason::WontFix:
        break;
    }
    return Words::tr("Won’t fix");
}

QString decisionTitle(review::DecisionState state, const review::Decision& decision)
{
    switch (state) {
    case review::DecisionState::Active:
        return word(decision.reason);
    case review::DecisionState::Expired:
        return Words::tr("Expired: the decision held until %1").arg(shownText(decision.expires));
    case review::DecisionState::Reopened:
        return Words::tr("Re-opened: it is not what was decided about");
    case review::DecisionState::None:
        break;
    }
    return {};
}

QString decisionMark(review::DecisionState state, const review::Decision& decision)
{
    switch (state) {
    case review::DecisionState::Active:
        return word(decision.reason);
    case review::DecisionState::Expired:
        return Words::tr("Expired");
    case review::DecisionState::Reopened:
        return Words::tr("Re-opened");
    case review::DecisionState::None:
        break;
    }
    return {};
}

QString decisionStory(const review::Decision& decision, const Finding* finding)
{
    const QString author = decision.author.empty() ? Words::tr("somebody") : shownText(decision.author);
    const QString day = shownText(decision.decided);
    const QString reason = word(decision.reason);
    const QString story = decision.expires.empty()
        ? Words::tr("%1, decided by %2 on %3, for good.").arg(reason, author, day)
        : Words::tr("%1, decided by %2 on %3, until %4.").arg(reason, author, day, shownText(decision.expires));
    return finding && review::isForAnotherFile(decision, *finding)
        ? story + u' ' + Words::tr("It was decided for %1, which holds the same.").arg(shownText(decision.artifact))
        : story;
}

} // namespace cupel::widgets
