// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/report/looked_pictures.h"

namespace cupel::report {

void LookedPictures::add(const Analysis& analysis, const review::PictureMarks& marks)
{
    const auto known = review::marksIn(analysis, marks);
    if (!known.empty()) {
        m_counts[analysis.artifact.path] = known.size();
    }
    for (const auto* mark : known) {
        if (!mark->author.empty() || !mark->looked.empty()) {
            ++m_witnesses[{mark->looked, mark->author}];
        }
    }
}

void LookedPictures::tell(Options& out) const
{
    out.lookedAt = m_counts;
    for (const auto& [who, count] : m_witnesses) {
        out.witnesses.push_back({who.second, who.first, count});
    }
}

} // namespace cupel::report
