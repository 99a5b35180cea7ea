// SPDX-License-Identifier: GPL-3.0-or-later
// Facts of one artifact for `cupel inspect`, and the guard that keeps everything sensitive out of what is shown.
#pragma once

#include "app/cli/inspection_loaders.h"

#include "analyzers/formats/notebook/notebook_facts.h"
#include "analyzers/model/analysis.h"
#include "analyzers/model/name_mask.h"
#include "analyzers/report/writers/json_stream.h"

#include <cstdint>
#include <string>
#include <vector>

namespace cupel::cli {

// A pickle inside of what is inspected, and what loading it does.
struct PickleVerdict {
    std::string path; // whole
    std::string_view verdict; // "runs", "reads", "refuses"
    std::string why; // one clause; masked
};

// A member that a loader begins with, other than a pickle: the configuration of an archive of Keras, the schema of
// skops.
struct MemberLoaders {
    std::string path; // whole
    std::vector<ShownLoader> loaders;
};

struct Inspection {
    AnalysisPtr analysis; // with its bytes
    AnalysisPtr main; // the member that loading begins with, with its bytes; null: there is none, or several
    std::vector<AnalysisPtr> members; // direct members, in order of their paths
    std::vector<PickleVerdict> pickles; // in it at any depth, in order of their paths; at most mostPickles
    std::uint64_t pickleCount = 0; // there are
    std::vector<MemberLoaders> plans; // of direct members, in order of their paths; the worst mostPlans
    std::uint64_t planCount = 0; // there are
    std::vector<AnalysisPtr> running; // the first of these that run something, with their bytes; without `main`
    bool signatureLooked = false; // it is a model on disk
    std::string signature; // the name of one beside it; empty: there is none
    bool source = false; // texts of cells are wanted
    bool opcodes = false; // of pickles

    static constexpr std::size_t mostPickles = 10'000;
    static constexpr std::size_t mostRunning = 8;
    static constexpr std::size_t mostPlans = 8;
};

// Masks text of an artifact by the ranges its analysis calls sensitive.
class Redactor {
public:
    explicit Redactor(const Analysis& analysis);
    // A name or title out of the file: every sensitive value in it becomes dots.
    [[nodiscard]] std::string name(std::string_view text) const { return m_names(text); }
    // The text of a region, decoded, with its sensitive ranges masked; at most `maxBytes` of it.
    [[nodiscard]] std::string text(const Region& region, std::size_t maxBytes) const;

private:
    const Analysis& m_analysis;
    NameMask m_names;
};

// A value of the metadata as a whole, as far as its text can be read again from the file.
struct WholeValue {
    std::string text; // masked
    std::uint64_t bytes = 0; // of all of it, decoded
    bool cut = false; // `text` is not all of it
};
[[nodiscard]] WholeValue wholeValue(
    const Analysis& analysis, const Redactor& redactor, const ModelField& field, std::size_t maxBytes);

struct TextSize {
    std::uint64_t bytes = 0; // decoded
    std::uint64_t lines = 0;
};
[[nodiscard]] TextSize measure(const Analysis& analysis, const Region& region);

// What programs that show notebooks do with the active things in this one: rows of findings, columns of programs.
struct ViewerTable {
    struct Row {
        std::string what; // title of the rule
        std::string rule;
        std::string place;
        std::string count;
        std::vector<std::string> verdicts; // as many as viewers
    };
    std::vector<std::string> viewers;
    std::vector<Row> rows;
};
[[nodiscard]] ViewerTable viewerTable(const Analysis& analysis);

[[nodiscard]] std::string_view kindName(formats::CellKind kind);
// "notebook", "python", "zip" ...: the name of the part in the JSON.
[[nodiscard]] std::string_view formatName(const Analysis& analysis);

void inspectionJson(const Inspection& inspection, const report::TextSink& sink);
[[nodiscard]] std::string inspectionText(const Inspection& inspection, bool colour, std::size_t width);

} // namespace cupel::cli
