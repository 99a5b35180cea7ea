// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/rich_text.h"

#include "analyzers/formats/html/html_tags.h"
#include "widgets/notebook/inline_html.h"
#include "widgets/notebook/table_lines.h"

#include <md4c.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

namespace cupel::widgets {

namespace {

constexpr std::size_t longestMarkdown = 256 << 10; // longer text is shown as it is written
constexpr std::size_t mostBlocks = 4'000;
constexpr std::size_t mostCells = 20'000;
constexpr int deepest = 8;
constexpr std::size_t longestBreak = 64; // of the breaks and indentation that md4c makes up
constexpr std::size_t longestTag = 1'000; // of a tag inside a line that is looked at
constexpr std::size_t behindText = 64; // line breaks that end the text for whoever reads past it

using Kind = formats::HtmlBlock::Kind;

// md4c calls back front to back; its text pointers stand in the source, which gives every byte its place.
class Builder {
public:
    Builder(std::string_view source, std::string_view written, const TableLines& tables)
        : m_source(source)
        , m_written(written)
        , m_tables(tables)
    {
    }
    formats::HtmlDocument take() { return endBlock(), std::move(m_document); }

    int enterBlock(MD_BLOCKTYPE type, void* detail)
    {
        switch (type) {
        case MD_BLOCK_QUOTE:
            endBlock();
            m_quotes = std::min(m_quotes + 1, 1'000'000);
            break;
        case MD_BLOCK_UL:
            enterList(0);
            break;
        case MD_BLOCK_OL:
            enterList(
                std::max(1, static_cast<int>(std::min(static_cast<MD_BLOCK_OL_DETAIL*>(detail)->start, 999'999U))));
            break;
        case MD_BLOCK_LI:
            enterItem();
            break;
        case MD_BLOCK_HR:
            begin(Kind::Rule, 0);
            m_keepEmpty = true;
            break;
        case MD_BLOCK_H:
            begin(Kind::Heading, static_cast<int>(static_cast<MD_BLOCK_H_DETAIL*>(detail)->level));
            break;
        case MD_BLOCK_HTML:
            endBlock();
            m_htmlStart = m_htmlEnd = m_source.size();
            m_inHtml = true;
            break;
        case MD_BLOCK_CODE:
            begin(Kind::Preformatted, 0);
            break;
        case MD_BLOCK_P:
            enterParagraph();
            break;
        case MD_BLOCK_TABLE:
            begin(Kind::Table, 0);
            break;
        case MD_BLOCK_TR:
            if (m_block.kind == Kind::Table) {
                m_block.table.rows.emplace_back();
                m_block.table.headRows += m_inHead ? 1 : 0;
            }
            break;
        case MD_BLOCK_THEAD:
            m_inHead = true;
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            enterCell(type == MD_BLOCK_TH);
            break;
        case MD_BLOCK_DOC:
        case MD_BLOCK_TBODY:
            break;
        }
        return full() ? 1 : 0;
    }

    int leaveBlock(MD_BLOCKTYPE type)
    {
        switch (type) {
        case MD_BLOCK_QUOTE:
            endBlock();
            --m_quotes;
            break;
        case MD_BLOCK_UL:
        case MD_BLOCK_OL:
            endBlock();
            --m_lists;
            break;
        case MD_BLOCK_HTML:
            m_inHtml = false;
            endHtml();
            break;
        case MD_BLOCK_THEAD:
            m_inHead = false;
            break;
        case MD_BLOCK_TH:
        case MD_BLOCK_TD:
            leaveCell();
            break;
        case MD_BLOCK_TR:
        case MD_BLOCK_TBODY:
        case MD_BLOCK_DOC:
            break;
        default:
            endBlock();
        }
        return full() ? 1 : 0;
    }

    void span(MD_SPANTYPE type, int by, void* detail)
    {
        switch (type) {
        case MD_SPAN_EM:
        case MD_SPAN_U:
            m_italic += by;
            break;
        case MD_SPAN_STRONG:
            m_strong += by;
            break;
        case MD_SPAN_A:
        case MD_SPAN_WIKILINK:
            m_link += by;
            break;
        case MD_SPAN_CODE:
        case MD_SPAN_LATEXMATH:
        case MD_SPAN_LATEXMATH_DISPLAY:
            m_code += by;
            break;
        case MD_SPAN_DEL:
            m_strike += by;
            break;
        case MD_SPAN_IMG:
            if (by > 0) {
                picture(*static_cast<MD_SPAN_IMG_DETAIL*>(detail));
            }
            break;
        }
    }

    int text(MD_TEXTTYPE type, const MD_CHAR* bytes, MD_SIZE size)
    {
        if (type == MD_TEXT_HTML) {
            m_inHtml ? extendHtml(bytes, size) : inlineHtml(bytes, size);
            return 0;
        }
        endTag();
        auto& out = sink();
        const auto from = out.text.size();
        if (type == MD_TEXT_BR) {
            put(out, "\n", 1, 1);
        } else if (type == MD_TEXT_SOFTBR) {
            out.text.ends_with('\n') ? void() : put(out, " ", 1, 1);
        } else if (!special(type, out, bytes, size)) {
            put(out, bytes, size, longestBreak);
        }
        addSpan(out, from, false);
        return 0;
    }

private:
    formats::HtmlText& sink() { return m_cell ? m_cell->text : m_block.text; }
    [[nodiscard]] bool full() const { return m_document.truncated; }

    // Text of the source, or up to `longest` bytes that md4c made up; a size beyond that is none that it computed.
    void put(formats::HtmlText& out, const MD_CHAR* bytes, std::size_t size, std::size_t longest)
    {
        if (const auto at = placeOf(bytes, 0)) {
            m_at = std::min(*at + size, m_source.size());
            m_tables.put(out, *at, m_at);
        } else if (size <= longest) {
            out.map.addBlock(out.text.size(), m_tables.written(m_at), 1);
            out.text.append(bytes, size);
        }
    }

    void addSpan(formats::HtmlText& out, std::size_t from, bool code)
    {
        using Tag = InlineTag;
        const formats::HtmlSpan span{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(out.text.size()),
            m_strong > 0 || m_tags.has(Tag::Strong), m_italic > 0 || m_tags.has(Tag::Italic),
            code || m_code > 0 || m_tags.has(Tag::Code), m_strike > 0 || m_tags.has(Tag::Strike),
            m_link > 0 || m_tags.has(Tag::Link)};
        if (span.strong || span.italic || span.code || span.strike || span.link) {
            out.spans.push_back(span);
        }
    }

    // Where bytes of the source stand in it; nothing for what md4c made up.
    [[nodiscard]] std::optional<std::size_t> placeOf(const MD_CHAR* bytes, std::size_t size) const
    {
        const std::less_equal<> before;
        const auto* first = m_source.data();
        return before(first, bytes) && before(bytes, first + m_source.size())
                && size <= m_source.size() - static_cast<std::size_t>(bytes - first)
            ? std::optional(static_cast<std::size_t>(bytes - first))
            : std::nullopt;
    }

    // Entities, and what <sup> and <sub> raise and lower.
    bool special(MD_TEXTTYPE type, formats::HtmlText& out, const MD_CHAR* bytes, std::size_t size)
    {
        const auto at = placeOf(bytes, size);
        if (at && type == MD_TEXT_ENTITY) {
            const auto sign = formats::undoEntities({bytes, size}, 16);
            out.map.addBlock(out.text.size(), m_tables.written(*at), size);
            out.text += sign == "\u00a0" ? std::string(" ") : sign;
            return true;
        }
        const bool raised = m_tags.has(InlineTag::Raised);
        const bool moved = at && type == MD_TEXT_NORMAL && (raised || m_tags.has(InlineTag::Lowered));
        const auto signs = moved ? shifted({bytes, size}, raised) : std::vector<std::string_view>();
        for (std::size_t i = 0; i < signs.size(); ++i) {
            out.map.addBlock(out.text.size(), m_tables.written(*at + i), 1);
            out.text += signs[i];
        }
        return !signs.empty();
    }

    // md4c gives a tag line by line: it is looked at when it may be whole.
    void inlineHtml(const MD_CHAR* bytes, std::size_t size)
    {
        const auto at = placeOf(bytes, size);
        if (!at || size == 0) {
            return;
        }
        const auto gap = m_source.substr(std::min(*at, m_tagEnd), *at - std::min(*at, m_tagEnd));
        if (m_tagStart == m_tagEnd || *at < m_tagEnd || gap.find_first_not_of(" \t\r\n") != std::string_view::npos) {
            endTag();
            m_tagStart = *at;
        }
        m_tagEnd = *at + size;
        while (m_tagStart < m_tagEnd && m_source[m_tagEnd - 1] == '>' && m_tagEnd - m_tagStart <= longestTag
            && m_source[m_tagStart] == '<') {
            const auto tag = readInlineTag(m_source.substr(0, m_tagEnd), m_tagStart);
            if (tag.kind == InlineTag::Kind::Incomplete) {
                return;
            }
            addTag(tag);
            m_tagStart = tag.bytes.end;
        }
        if (m_tagEnd - m_tagStart > longestTag) {
            endTag();
        }
    }

    // What is left of a tag that is none that is read here.
    void endTag()
    {
        if (m_tagStart < m_tagEnd) {
            written({m_tagStart, m_tagEnd});
        }
        m_tagStart = m_tagEnd = 0;
    }

    void addTag(const InlineTag& tag)
    {
        m_at = tag.bytes.start;
        if (tag.kind == InlineTag::Kind::Written) {
            written(tag.bytes);
        } else if (tag.kind == InlineTag::Kind::Break) {
            put(sink(), "\n", 1, 1);
        } else if (tag.kind == InlineTag::Kind::Picture) {
            const auto address = slice(m_source, tag.address);
            showPicture(address.substr(0, address.starts_with("data:") ? 5 : address.size()));
        } else {
            m_tags.take(tag);
        }
    }

    void written(ByteRange bytes)
    {
        const auto from = sink().text.size();
        put(sink(), m_source.data() + bytes.start, bytes.size(), 0);
        addSpan(sink(), from, true);
        m_document.active =
            m_document.active || formats::readHtml(m_source.substr(0, bytes.end), {}, bytes.start).active;
    }

    // Raw HTML is a range of the source that the sanitising reader turns into blocks of its own.
    void extendHtml(const MD_CHAR* bytes, MD_SIZE size)
    {
        if (const auto at = placeOf(bytes, size)) {
            m_htmlStart = std::min(m_htmlStart, *at);
            m_htmlEnd = *at + size;
        }
    }

    void endHtml()
    {
        if (m_htmlStart >= m_htmlEnd) {
            return;
        }
        auto html = formats::readHtml(m_written.substr(0, m_tables.written(m_htmlEnd)), {.picturesInTables = true},
            m_tables.written(m_htmlStart));
        m_document.active = m_document.active || html.active;
        m_document.remote = m_document.remote || html.remote;
        for (auto& block : html.blocks) {
            m_document.blocks.push_back(std::move(block));
        }
        m_document.truncated = m_document.truncated || html.truncated || m_document.blocks.size() >= mostBlocks;
    }

    void begin(Kind kind, int level)
    {
        endBlock();
        m_block.kind = kind;
        m_block.level = level;
    }

    void enterList(int first)
    {
        endBlock();
        if (m_lists < deepest) {
            m_counters[static_cast<std::size_t>(m_lists)] = first;
        }
        ++m_lists;
    }

    void enterItem()
    {
        const auto depth = std::clamp(m_lists, 1, deepest);
        auto& counter = m_counters[static_cast<std::size_t>(depth - 1)];
        begin(Kind::Item, depth);
        m_block.ordinal = counter;
        counter += counter > 0 ? 1 : 0;
    }

    void enterParagraph()
    {
        if (m_block.kind == Kind::Item && m_block.text.text.empty()) {
            return; // the item's first paragraph
        }
        const auto level = std::min(m_quotes, deepest);
        begin(m_quotes > 0 ? Kind::Quote : Kind::Paragraph, level);
    }

    void enterCell(bool header)
    {
        if (m_block.kind == Kind::Table && !m_block.table.rows.empty() && ++m_cells < mostCells) {
            m_cell = &m_block.table.rows.back().emplace_back();
            m_cell->header = header;
        }
    }

    void leaveCell()
    {
        if (m_cell) {
            const auto& map = m_cell->text.map;
            const auto size = m_cell->text.text.size();
            m_cell->source = size > 0 ? ByteRange{map.toRaw(0), map.toRaw(size - 1) + 1} : ByteRange{};
        }
        m_cell = nullptr;
    }

    // An attachment is drawn below the text, which then needs no address; one that leads elsewhere is shown.
    void picture(const MD_SPAN_IMG_DETAIL& detail)
    {
        const std::string_view address(detail.src.text ? detail.src.text : "", detail.src.text ? detail.src.size : 0);
        showPicture(address);
    }

    void showPicture(std::string_view address)
    {
        if (isAttachment(address)) {
            return;
        }
        auto& out = sink();
        put(out, "[", 1, 1);
        put(out, address.data(), address.size(), m_source.size());
        put(out, "] ", 2, 2);
        m_document.remote = m_document.remote || address != "data:";
    }

    void endBlock()
    {
        endTag();
        auto& text = m_block.text.text;
        while (m_block.kind == Kind::Preformatted && text.ends_with('\n')) {
            text.pop_back();
        }
        for (auto& span : m_block.text.spans) {
            span.end = std::min(span.end, static_cast<std::uint32_t>(text.size()));
            span.start = std::min(span.start, span.end);
        }
        const bool table = m_block.kind == Kind::Table && !m_block.table.rows.empty();
        if (!text.empty() || table || m_keepEmpty) {
            std::size_t columns = 0;
            for (const auto& row : m_block.table.rows) {
                columns = std::max(columns, row.size());
            }
            for (auto& row : m_block.table.rows) {
                row.resize(columns);
            }
            m_document.blocks.push_back(std::move(m_block));
            m_document.truncated = m_document.blocks.size() >= mostBlocks;
        }
        m_block = {};
        m_keepEmpty = false;
        m_cell = nullptr;
        m_tags = {};
        m_strong = m_italic = m_code = m_strike = m_link = 0; // md4c may leave one open that it entered
    }

    std::string_view m_source; // what md4c reads
    std::string_view m_written; // what stands in the file
    const TableLines& m_tables;
    formats::HtmlDocument m_document;
    formats::HtmlBlock m_block;
    formats::HtmlCell* m_cell = nullptr; // in the last row of m_block's table
    std::array<int, deepest> m_counters{};
    std::uint64_t m_at = 0;
    std::size_t m_htmlStart = 0; // of the open block of raw HTML
    std::size_t m_htmlEnd = 0;
    std::size_t m_cells = 0;
    int m_quotes = 0;
    int m_lists = 0;
    int m_strong = 0;
    int m_italic = 0;
    int m_code = 0;
    int m_strike = 0;
    int m_link = 0;
    InlineStyles m_tags; // of HTML inside lines
    std::size_t m_tagStart = 0; // of a tag that is not whole yet
    std::size_t m_tagEnd = 0;
    bool m_inHtml = false; // in a block of raw HTML
    bool m_inHead = false;
    bool m_keepEmpty = false;
};

Builder& self(void* data)
{
    return *static_cast<Builder*>(data);
}

formats::HtmlDocument asWritten(std::string_view text)
{
    formats::HtmlDocument document;
    formats::HtmlBlock block;
    block.kind = Kind::Preformatted;
    block.text.text = text;
    block.text.map.addLinear(0, 0);
    document.blocks.push_back(std::move(block));
    return document;
}

} // namespace

formats::HtmlDocument readMarkdown(std::string_view markdown)
{
    if (markdown.size() > longestMarkdown) {
        return asWritten(markdown);
    }
    MD_PARSER parser{};
    parser.flags = MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_PERMISSIVEAUTOLINKS | MD_FLAG_LATEXMATHSPANS;
    parser.enter_block = [](MD_BLOCKTYPE type, void* detail, void* data) {
        return self(data).enterBlock(type, detail);
    };
    parser.leave_block = [](MD_BLOCKTYPE type, void*, void* data) { return self(data).leaveBlock(type); };
    parser.enter_span = [](MD_SPANTYPE type, void* detail, void* data) { return self(data).span(type, 1, detail), 0; };
    parser.leave_span = [](MD_SPANTYPE type, void* detail, void* data) { return self(data).span(type, -1, detail), 0; };
    parser.text = [](MD_TEXTTYPE type, const MD_CHAR* bytes, MD_SIZE size, void* data) {
        return self(data).text(type, bytes, size);
    };
    // md4c looks at bytes behind the end it is told: they have to be there, and to be always the same.
    const TableLines tables(markdown);
    std::string padded(tables.text());
    const auto size = padded.size();
    padded.append(behindText, '\n');
    const auto source = std::string_view(padded).substr(0, size);
    Builder builder(source, markdown, tables);
    const auto status = md_parse(source.data(), static_cast<MD_SIZE>(source.size()), &parser, &builder);
    auto document = builder.take();
    return status == 0 && !document.truncated ? document : asWritten(markdown);
}

} // namespace cupel::widgets
