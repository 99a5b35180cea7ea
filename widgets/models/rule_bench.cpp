// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/models/rule_bench.h"

#include <utility>

namespace cupel::widgets {

void RuleBench::setPacks(std::vector<RulePackInfo> packs)
{
    if (std::exchange(m_packs, packs) != packs) {
        Q_EMIT packsChanged();
    }
}

void RuleBench::ask(const threats::RuleDraft& draft)
{
    m_draft = draft;
    if (draft.condition.empty()) {
        setTrial({});
    } else {
        Q_EMIT trialWanted(draft);
    }
}

void RuleBench::askAgain()
{
    if (!m_draft.condition.empty()) {
        Q_EMIT trialWanted(m_draft);
    }
}

void RuleBench::setTrial(RuleTrial trial)
{
    m_trial = std::move(trial);
    Q_EMIT tried();
}

void RuleBench::add(const threats::RuleDraft& draft, const QString& pack)
{
    Q_EMIT addWanted(draft, pack);
}

void RuleBench::use(const QString& pack)
{
    Q_EMIT useWanted(pack);
}

} // namespace cupel::widgets
