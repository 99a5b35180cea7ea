// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the outputs of a cell: terminal text, tracebacks, data frames, pictures, JSON; what would have to run or to
// be fetched becomes a notice with its source one click away.
#pragma once

#include "widgets/notebook/cell_builder.h"

#include <vector>

namespace cupel::widgets {

class OutputBuilder {
public:
    explicit OutputBuilder(CellBuilder& cell)
        : m_cell(cell)
    {
    }
    void run(const formats::Cell& cell);

private:
    void output(const formats::Output& output);
    void attachments(const formats::Cell& cell);
    // The richest form that can be shown; -1: none.
    [[nodiscard]] int choose(const std::vector<std::uint32_t>& regions) const;
    [[nodiscard]] bool hasFindings(int region) const;
    void show(int region);
    void terminal(int region, bool error);
    [[nodiscard]] bool isPreview(int region, bool error) const;
    [[nodiscard]] std::vector<Fold> terminalFolds(int region, bool error, const TextData& data, bool complete) const;
    void html(int region);
    void markdown(int region);
    void json(int region);
    void picture(int region);
    void asText(int region);
    void notice(const QString& icon, const QString& text, const QString& link, Action action);
    [[nodiscard]] const Region& regionAt(int region) const;
    [[nodiscard]] bool asSource(int region) const;

    CellBuilder& m_cell;
};

} // namespace cupel::widgets
