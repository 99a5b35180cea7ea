// SPDX-License-Identifier: GPL-3.0-or-later
// Lists of packages that stand in variables: pip = ["a", "b==1"] in one cell, Environment(pip_packages=pip) in another.
// Cells are read in file order; a list counts where it is written, once a call is given its name.
#pragma once

#include "analyzers/code/install_lines.h"
#include "analyzers/code/python_tokens.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

// What a keyword says that a job or a model installs somewhere else: Azure ML, MLflow, Kubeflow pipelines, Vertex AI.
[[nodiscard]] std::optional<InstallTool> toolOfList(std::string_view name);
// Whether such a keyword occurs at all: a cheap look at raw bytes.
[[nodiscard]] bool mayNameLists(std::string_view text);

// ["a", "b"] + C + [*D]: the texts in its lists and the names of other lists.
struct ListExpression {
    std::vector<PythonToken> texts;
    std::vector<PythonToken> names;
    PythonToken alone; // a text that stands in no list
    ByteRange bytes; // of all of it
    PythonToken last; // behind it
    bool plain = true; // a list or a sum of lists: nothing is called, computed or repeated
};
// `tokens` stands behind "=".
[[nodiscard]] ListExpression readListExpression(std::string_view plain, PythonTokens& tokens);

class InstallLists {
public:
    // `source`: one cell of Python.
    void read(std::uint32_t cell, std::string_view source);
    // Cells that hold a list which a call was given, in file order.
    [[nodiscard]] std::vector<std::uint32_t> cells() const;
    // What one of them installs by that; `source` as it was read.
    [[nodiscard]] std::vector<InstallCommand> commandsIn(
        std::uint32_t cell, std::string_view source, const InstallLimits& limits = {}) const;

private:
    struct Piece { // the texts of one statement
        std::uint32_t cell = 0;
        ByteRange bytes;
        std::vector<PythonToken> texts;
        std::optional<InstallTool> tool; // once a call was given it
    };
    using Pieces = std::vector<std::uint32_t>;

    PythonToken behindName(PythonTokens& tokens, const PythonToken& name, const PythonToken& sign, bool starts);
    PythonToken added(PythonTokens& tokens, const PythonToken& name, PythonToken next, bool method);
    void bind(const PythonToken& name, const ListExpression& value, bool adds, std::optional<InstallTool> tool);
    void give(InstallTool tool, const Pieces& pieces);
    [[nodiscard]] Pieces piecesOf(const ListExpression& value) const;

    std::map<std::string, Pieces, std::less<>> m_names;
    std::vector<Piece> m_pieces;
    std::size_t m_texts = 0;
    std::uint32_t m_cell = 0;
    std::uint64_t m_read = 0; // what stands before it begins no statement
    std::string m_plain; // of the cell that is being read
};

} // namespace cupel::code
