// SPDX-License-Identifier: GPL-3.0-or-later
// Renders the outputs of a cell: terminal text, tracebacks, data frames, pictures, JSON; what would have to run or to
// be fetched becomes a notice with its source one click away.
#pragma once

#include "widgets/notebook/cell_builder.h"
#include "widgets/notebook/output_pages.h"

#include <optional>
#include <vector>

namespace cupel::widgets {

class OutputBuilder {
public:
    explicit OutputBuilder(CellBuilder& cell)
        : m_cell(cell)
        , m_pages(*cell.m_request.document, *cell.m_request.item, cell.m_request.isShown)
    {
    }
    void run(const formats::Cell& cell);

private:
    static constexpr qreal outputGap = 6;
    static constexpr qreal outputLeft = 14;

    void piece(const OutputPiece& piece);
    void pager(std::size_t page, const std::vector<std::size_t>& starts, std::size_t count);
    void show(int region);
    void html(int region);
    void markdown(int region);
    void picture(int region);
    void noPicture(int region); // what is called a picture, and is none
    // In output_text.cpp
    void terminal(int region, bool error);
    void asText(int region, std::size_t page = 0); // unless another page was turned to
    [[nodiscard]] std::optional<std::size_t> pageBeyond(int region, const RegionText& text) const;
    void json(int region);
    [[nodiscard]] std::vector<Fold> foldsOf(
        const CellBuilder::PageText& part, int region, const TextData& data, int head);
    void appendText(std::shared_ptr<TextData> data, std::vector<Fold> folds, const CellBuilder::PageText& part,
        int region, bool error);
    void notice(const QString& icon, const QString& text, const QString& link, Action action);
    [[nodiscard]] const Region& regionAt(int region) const { return m_cell.m_request.document->region(region); }
    [[nodiscard]] bool asSource(int region) const { return m_cell.m_request.view.asSource.count(region) > 0; }

    CellBuilder& m_cell;
    OutputPages m_pages;
};

} // namespace cupel::widgets
