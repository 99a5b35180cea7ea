// SPDX-License-Identifier: GPL-3.0-or-later
// Who has looked at the pictures of the files that a report is about, counted file by file. Pictures are known by their
// bytes: each analysis must still have them when it is added.
#pragma once

#include "analyzers/report/build.h"
#include "analyzers/review/picture_marks.h"

#include <cstdint>
#include <map>
#include <string>
#include <utility>

namespace cupel::report {

class LookedPictures {
public:
    void add(const Analysis& analysis, const review::PictureMarks& marks);
    void tell(Options& out) const; // lookedAt and witnesses
    [[nodiscard]] const review::LookedAt& counts() const { return m_counts; }

private:
    review::LookedAt m_counts;
    std::map<std::pair<std::string, std::string>, std::uint64_t> m_witnesses; // by day and name
};

} // namespace cupel::report
