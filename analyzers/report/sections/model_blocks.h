// SPDX-License-Identifier: GPL-3.0-or-later
// The blocks of one model file in the section about models, and those of each of its parts.
#pragma once

#include "analyzers/report/model_whole.h"
#include "analyzers/report/sections/support.h"

#include <string>

namespace cupel::report::models {

// The brief that was made where the bytes were, else one of what is left, made once. Null: no model.
class Briefs {
public:
    explicit Briefs(const ModelBriefs& made)
        : m_given(made)
    {
    }
    [[nodiscard]] ModelBriefPtr of(const Analysis& analysis);

private:
    const ModelBriefs& m_given;
    ModelBriefs m_made;
};
// "zoo.zip!a.pkl" as its member "a.pkl"; empty for the file itself.
[[nodiscard]] std::string memberOf(const ModelWhole& whole, const Analysis& part);
[[nodiscard]] std::string kindOf(const Analysis& analysis, const ModelBrief* brief);
// What runs, what it asks for, what loaders do, tensors, metadata, operators, what it points to. `anchor` begins those
// of the headings.
void addPart(const ModelWhole& whole, const Analysis& part, const ModelBrief& brief, const std::string& anchor,
    Section& section);

} // namespace cupel::report::models
