// SPDX-License-Identifier: GPL-3.0-or-later
// Part of compare_models: the steps it is made of, and what they share.
#pragma once

#include "analyzers/model/name_mask.h"
#include "analyzers/review/compare_models.h"

#include <map>
#include <string>
#include <string_view>

namespace cupel::review {

// Of each artifact, made when it is first asked for.
class Masks {
public:
    [[nodiscard]] std::string shown(const Analysis& analysis, std::string_view text);

private:
    std::map<const Analysis*, NameMask> m_masks;
};

// "model.pt" is the root: what is below it.
[[nodiscard]] std::string placeOf(const FileChange& file);

void compareTensors(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out);
void compareMetadata(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out);
void compareTemplates(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out);
void comparePrograms(const std::vector<FileChange>& files, Masks& masks, Budget& budget, ModelComparison& out);
void compareNames(const std::vector<FileChange>& files, Masks& masks, ModelComparison& out);

} // namespace cupel::review
