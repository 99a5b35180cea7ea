// SPDX-License-Identifier: GPL-3.0-or-later
// A model file with all its members, and what is known about the whole: whether loading it can run code, hidden bytes,
// what nobody looked at. Never better than what was read: a part that was not read makes every "no" a "not known".
// Points into the analyses it was made of.
#pragma once

#include "analyzers/model/analysis.h"

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace cupel::report {

struct ModelWhole {
    std::vector<AnalysisPtr> parts; // the file first, then its members in order of their paths

    [[nodiscard]] const Analysis& file() const { return *parts.front(); }
    // Of all parts, worst first.
    [[nodiscard]] std::vector<const Finding*> findings(const std::function<bool(const Finding&)>& wanted) const;
};

// The model files of a workspace: those that are one, or have a member that is one.
[[nodiscard]] std::vector<ModelWhole> modelsOf(const Workspace& workspace);
[[nodiscard]] bool isModel(const Analysis& analysis); // it declares something, or is a pickle

struct RunAnswer {
    enum class Kind : std::uint8_t {
        Yes, // findings of high severity or worse
        Perhaps, // of medium severity
        NotKnown, // nothing found in what was read, and not all of it was
        NoneFound,
    };
    Kind kind = Kind::NoneFound;
    std::vector<const Finding*> findings; // what it rests on, worst first; those that loaders get to before others
    bool outOfReach = false; // all of them stand where loaders do not get to by themselves: then it is no Yes
    std::uint64_t programs = 0; // pickles
    std::uint64_t calls = 0; // that loading them makes
    std::uint64_t templates = 0;
    bool graph = false; // of operators
    // Different places of what is as bad as makes it a Yes; of all, where it is none.
    [[nodiscard]] std::size_t places() const;
};
[[nodiscard]] RunAnswer canRun(const ModelWhole& whole);

// Names that are imported and nobody vouches for, when nothing of them is called; null: there are none.
[[nodiscard]] const Finding* unknownNames(const ModelWhole& whole);
// What the whole points to outside of itself: members of its own are none.
[[nodiscard]] std::vector<const ModelReference*> otherFiles(const ModelWhole& whole);
// Bytes that belong to nothing a loader reads.
[[nodiscard]] std::vector<const Finding*> hiddenBytes(const ModelWhole& whole);

} // namespace cupel::report
