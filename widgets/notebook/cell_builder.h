// SPDX-License-Identifier: GPL-3.0-or-later
// Makes the blocks of one cell: decodes and masks its regions, colours the source, renders the outputs, puts findings
// under their lines and folds what is long. Called by the canvas for cells that come into view.
#pragma once

#include "widgets/notebook/cell_layout.h"
#include "widgets/notebook/finding_block.h"
#include "widgets/notebook/region_display.h"
#include "widgets/notebook/review_document.h"
#include "widgets/notebook/rich_text.h"
#include "widgets/notebook/text_block.h"

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace cupel::widgets {

// Fold ids are region indices; these are the others.
inline constexpr int foldCellId = -2;
inline constexpr int foldOutputsId = -3;

enum class OutputPolicy : std::uint8_t { FoldLong, ShowAll, Hide };

// What the user changed on one cell.
struct CellView {
    bool folded = false;
    std::optional<bool> outputsShown; // unset: as the policy says
    std::set<int> expanded; // folds opened, by id
    std::set<int> asSource; // output regions shown as text instead of rendered
};

struct CellRequest {
    const ReviewDocument* document = nullptr;
    const Item* item = nullptr;
    CellView view;
    OutputPolicy policy = OutputPolicy::FoldLong;
    std::function<bool(std::size_t)> isShown; // findings the filter lets through
    std::function<QString(std::size_t)> position; // "1 of 9"
    std::optional<std::size_t> open; // the finding shown as a card
    std::optional<ByteRange> revealed; // in the file
};

[[nodiscard]] std::unique_ptr<CellLayout> buildCell(const CellRequest& request);
// A guess at the height before the cell is built, from its bytes alone.
[[nodiscard]] qreal estimateCell(const ReviewDocument& document, const Item& item);

// Lines [first, end) shown as one row that opens them; what findings stand on stays visible.
struct Fold {
    int first = 0;
    int end = 0;
    QString text;
    int id = 0;
};

// Shared by the parts of the builder: the request, the result, and the findings not yet placed.
class CellBuilder {
public:
    explicit CellBuilder(const CellRequest& request);
    std::unique_ptr<CellLayout> run();

private:
    friend class OutputBuilder;

    struct TextOptions {
        bool boxed = false;
        bool barred = false;
        qreal left = 0;
        qreal gap = 0;
        int region = -1;
        bool numbers = false;
    };

    void buildWhole();
    void buildCell();
    void buildText();
    void buildFolded();
    void markdown(int region, std::uint32_t headingLevel);
    void appendCode(RegionText text, int region, Language language, bool numbers);
    // The findings of a region with their ranges in the decoded text.
    struct Placed {
        std::size_t finding;
        ByteRange range;
    };
    [[nodiscard]] std::vector<Placed> findingsIn(int region, const RegionText& text) const;
    [[nodiscard]] Mark markOf(std::size_t finding, int start, int end) const;
    void appendLines(std::shared_ptr<const TextData> data, std::vector<Fold> folds, const TextOptions& options);
    // Markdown or read HTML; marks are offsets in what was read.
    void appendRich(formats::HtmlDocument document, const std::vector<SourceMark>& marks, int region, qreal gap);
    void appendTable(TableData table, int region, std::uint32_t dropped,
        const std::function<void(std::unique_ptr<Block>, qreal)>& place);
    void appendPreformatted(const formats::HtmlText& text, const std::vector<SourceMark>& marks, int region);
    void appendRange(const std::shared_ptr<const TextData>& data, int first, int end, const TextOptions& options);
    void appendFold(const Fold& fold, const TextOptions& options);
    void appendStrip(std::size_t finding, bool boxed, const QString& place = {});
    void appendMissing(); // findings of this cell that no block showed
    [[nodiscard]] const Finding& finding(std::size_t index) const
    {
        return m_request.document->analysis().findings[index];
    }
    [[nodiscard]] bool isShown(std::size_t finding) const { return !m_request.isShown || m_request.isShown(finding); }
    [[nodiscard]] bool isExpanded(int id) const { return m_request.view.expanded.count(id) > 0; }
    [[nodiscard]] RegionText read(int region, std::size_t maxBytes = 4 << 20) const;
    [[nodiscard]] RegionText readHead(int region, std::size_t rawBytes) const; // what the first bytes of it write
    [[nodiscard]] static std::vector<Fold> foldsFor(const TextData& data, int head, int id);

    const CellRequest& m_request;
    std::unique_ptr<CellLayout> m_cell;
    std::set<std::size_t> m_placed; // findings that have their strip
};

} // namespace cupel::widgets
