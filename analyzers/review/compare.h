// SPDX-License-Identifier: GPL-3.0-or-later
// Two versions of a file or folder: which findings are new, which are gone, which stayed; and for notebooks, which cell
// of one is which cell of the other. Values; nothing is read here.
#pragma once

#include "analyzers/base/budget.h"
#include "analyzers/model/analysis.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace cupel::review {

struct CellPair {
    std::optional<std::size_t> before; // index among all cells
    std::optional<std::size_t> after;
    bool sourceChanged = false; // both are there and read differently, or are of another kind
    bool outputsChanged = false;
    bool metadataChanged = false; // its own, or that of an output
    bool moved = false; // it stands at another place among those that both versions have
};

// How many cells of a notebook are new, gone, changed (source, kind, outputs or metadata) or only moved: each counts
// once.
struct CellCounts {
    std::size_t fresh = 0;
    std::size_t gone = 0;
    std::size_t changed = 0;
    std::size_t moved = 0;
    std::size_t metadataOnly = 0; // of the changed ones
    [[nodiscard]] std::size_t all() const { return fresh + gone + changed + moved; }
};
[[nodiscard]] CellCounts countCells(const std::vector<CellPair>& cells);

// Cells of both notebooks in the order of the new one, removed ones where they were. Cells are the same by their
// source and what they show, else by their id, else by how much they share. Both analyses must
// hold their bytes; empty when one of them is no notebook.
[[nodiscard]] std::vector<CellPair> alignCells(const Analysis& before, const Analysis& after);

struct FindingChange {
    // Changed: of the same cause, but what is called, carried or how bad it is differs.
    enum class Kind : std::uint8_t { Fresh, Changed, Gone, Same };
    Kind kind = Kind::Same;
    const Analysis* analysis = nullptr; // of the newer version where there is one
    std::size_t index = 0; // into its findings
    const Analysis* was = nullptr; // of a changed one: the older version
    std::size_t wasIndex = 0; // into its findings
};
constexpr std::size_t findingChangeKinds = 4;
// What a changed one showed and shows: masked excerpts, the first that differ; both empty when only its bytes or how
// bad it is differ.
[[nodiscard]] std::pair<std::string, std::string> changedExcerpts(const FindingChange& change);

// How two versions of a file differ, place by place.
struct ByteDifference {
    std::uint64_t differing = 0; // places whose bytes differ, and those that one version has only
    std::uint64_t first = 0; // offset of the first; where the shorter one ends, if it is the beginning of the other
    bool counted = true; // false: the budget ended it, and there may be more
};

struct FileChange {
    std::string path; // logical path of the newer version, else of the older
    std::string place; // the same below its root: what both versions have in common; empty: the root is this file
    AnalysisPtr before; // null: the file is new
    AnalysisPtr after; // null: the file is gone
    std::vector<FindingChange> findings; // new ones, changed ones, gone ones, then the rest
    std::vector<CellPair> cells;
    [[nodiscard]] std::size_t count(FindingChange::Kind kind) const;
};

// Files are matched by their path below the root; two single files always match.
[[nodiscard]] std::vector<FileChange> compare(const Workspace& before, const Workspace& after);
void compareFindings(FileChange& change); // fills them from both versions and `cells`; a step of compare
// Whether both versions are there, and not the same byte for byte.
[[nodiscard]] bool bytesDiffer(const FileChange& file);
// Of a file whose bytes differ; takes no memory. The analyses must hold their bytes.
[[nodiscard]] ByteDifference byteDifference(const FileChange& file, Budget& budget);

} // namespace cupel::review
