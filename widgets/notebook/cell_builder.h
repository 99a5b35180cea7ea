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
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>

namespace cupel::widgets {

class PictureSource;

// Fold ids are region indices; these are the others.
inline constexpr int foldCellId = -2;
inline constexpr int foldOutputsId = -3;

// Longer markdown is shown as it is written.
inline constexpr std::uint64_t markdownBytes = 256 << 10;

inline constexpr int mostStrips = 40; // of findings under the lines of one cell

enum class OutputPolicy : std::uint8_t { FoldLong, ShowAll, Hide };

// What the user changed on one cell.
struct CellView {
    bool folded = false;
    std::optional<bool> outputsShown; // unset: as the policy says
    std::set<int> expanded; // folds opened, by id
    std::set<int> asSource; // output regions shown as text instead of rendered
    std::map<int, std::size_t> pages; // of what is too long to be shown at once, by region or foldOutputsId
};

// What people decided about a finding, for its strip.
struct FindingStanding {
    QString mark; // "Accepted risk"; empty: nothing
    bool settled = false;
};

struct CellRequest {
    const ReviewDocument* document = nullptr;
    const Item* item = nullptr;
    CellView view;
    OutputPolicy policy = OutputPolicy::FoldLong;
    std::function<bool(std::size_t)> isShown; // findings the filter lets through
    std::function<QString(std::size_t)> position; // "1 of 9"
    std::function<FindingStanding(std::size_t)> standing;
    std::optional<std::size_t> open; // the finding shown as a card
    std::vector<ByteRange> revealed; // in the file, sorted and disjoint
    PictureSource* pictures = nullptr; // null: pictures are decoded where they are painted
};

[[nodiscard]] std::unique_ptr<CellLayout> buildCell(const CellRequest& request);
// Makes the view show the part of the cell that a finding stands in.
void turnTo(std::size_t finding, const ReviewDocument& document, const Item& item, CellView& view);
// A guess at the computing time of building it, in microseconds.
[[nodiscard]] int buildWork(const ReviewDocument& document, const Item& item);
// A guess at the height before the cell is built, from its bytes alone.
[[nodiscard]] qreal estimateCell(const ReviewDocument& document, const Item& item);

// Lines [first, end) shown as one row that opens them; what findings stand on stays visible.
struct Fold {
    int first = 0;
    int end = 0;
    QString text;
    int id = 0;
};

class PagePictures;

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
    // One part of a region, decoded.
    struct PageText {
        RegionText text;
        std::size_t page = 0;
        std::size_t count = 1; // a guess while there is more
        int firstLine = 1;
        bool more = false;
        [[nodiscard]] bool isWhole() const { return page == 0 && !more; }
    };

    void buildWhole();
    void buildCell();
    void buildText();
    void buildFolded();
    void markdown(int region, std::uint32_t headingLevel);
    void appendCode(const PageText& part, int region, Language language, bool numbers);
    // The findings of a region with their ranges in the decoded text.
    struct Placed {
        std::size_t finding;
        ByteRange range;
    };
    [[nodiscard]] std::vector<ByteRange> placesOf(const PlacedFinding& placed, int region) const;
    [[nodiscard]] std::vector<Placed> findingsIn(int region, const RegionText& text) const;
    [[nodiscard]] static std::vector<CellLayout::Note> notesOf(const std::vector<Mark>& marks, const QString& text);
    [[nodiscard]] Mark markOf(std::size_t finding, int start, int end) const;
    void appendLines(std::shared_ptr<const TextData> data, std::vector<Fold> folds, const TextOptions& options);
    // Markdown or read HTML; marks are offsets in what was read.
    void appendRich(formats::HtmlDocument document, const RegionText& source, const std::vector<SourceMark>& marks,
        int region, qreal gap);
    void appendRichPart(const std::vector<formats::HtmlBlock>& blocks, std::size_t first, std::size_t end,
        const std::vector<SourceMark>& marks, int region, qreal gap, PagePictures& pictures);
    [[nodiscard]] std::size_t partOf(const std::vector<formats::HtmlBlock>& blocks,
        const std::vector<std::size_t>& starts, const std::vector<SourceMark>& marks) const;
    void appendTable(const formats::HtmlTable& table, const std::vector<SourceMark>& marks, const TakeMark& take,
        int region, const std::function<void(std::unique_ptr<Block>, qreal)>& place);
    void appendPreformatted(const formats::HtmlText& text, const std::vector<SourceMark>& marks, int region);
    void appendRange(const std::shared_ptr<const TextData>& data, int first, int end, const TextOptions& options);
    void appendFold(const Fold& fold, const TextOptions& options);
    void appendStrip(std::size_t finding, bool boxed, const QString& place = {});
    void appendPager(const PageText& part, int id, qreal left); // the way to the other parts, if there are any
    void appendMissing(); // findings of this cell that no block showed
    [[nodiscard]] const Finding& finding(std::size_t index) const
    {
        return m_request.document->analysis().findings[index];
    }
    [[nodiscard]] bool isShown(std::size_t finding) const { return !m_request.isShown || m_request.isShown(finding); }
    [[nodiscard]] bool isExpanded(int id) const { return m_request.view.expanded.count(id) > 0; }
    [[nodiscard]] RegionText read(int region, std::size_t maxBytes = 4 << 20) const;
    [[nodiscard]] PageText readPage(int region, std::optional<std::size_t> page = {}) const; // as the view says
    // What stands after the first lines, about `head` rows of them.
    [[nodiscard]] static std::vector<Fold> foldsFor(const TextData& data, int head, int id);
    [[nodiscard]] bool getsStrip(std::size_t finding) const; // not yet placed and not too many already

    const CellRequest& m_request;
    std::unique_ptr<CellLayout> m_cell;
    std::set<std::size_t> m_placed; // findings that have their strip
    int m_strips = 0;
};

} // namespace cupel::widgets
