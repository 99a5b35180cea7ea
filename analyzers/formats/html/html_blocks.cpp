// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_blocks.h"

#include "analyzers/formats/html/html_table.h"
#include "analyzers/formats/html/html_tokens.h"
#include "analyzers/formats/html/html_url.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

constexpr int deepestList = 12; // deeper ones are shown at this depth

template <std::size_t size> bool isOneOf(std::string_view name, const std::array<std::string_view, size>& names)
{
    return std::any_of(names.begin(), names.end(), [name](auto n) { return sameName(name, n); });
}

// Content that is not text to a reader; script and frames also make the output an active one.
constexpr std::array<std::string_view, 6> rawNames{"script", "style", "iframe", "noembed", "noframes", "template"};
constexpr std::array<std::string_view, 9> activeNames{
    "script", "iframe", "object", "embed", "applet", "form", "base", "frame", "portal"};
constexpr std::array<std::string_view, 8> loadingNames{
    "img", "link", "video", "audio", "source", "image", "input", "track"};
constexpr std::array<std::string_view, 20> blockNames{"p", "div", "section", "article", "header", "footer", "main",
    "nav", "aside", "figure", "figcaption", "blockquote", "address", "dl", "dt", "dd", "details", "summary", "fieldset",
    "center"};

// What of a drawing is read: https://www.w3.org/TR/SVG2/text.html and its descriptions.
constexpr std::array<std::string_view, 5> drawnTextNames{"text", "tspan", "textPath", "title", "desc"};

void appendUtf8(std::string& out, char32_t point)
{
    const auto put = [&out](char32_t value) { out.push_back(static_cast<char>(value)); };
    if (point < 0x80) {
        put(point);
    } else if (point < 0x800) {
        put(0xC0 | (point >> 6));
        put(0x80 | (point & 0x3F));
    } else if (point < 0x10000) {
        put(0xE0 | (point >> 12));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    } else {
        put(0xF0 | (point >> 18));
        put(0x80 | ((point >> 12) & 0x3F));
        put(0x80 | ((point >> 6) & 0x3F));
        put(0x80 | (point & 0x3F));
    }
}

class Reader {
public:
    Reader(std::string_view html, const HtmlLimits& limits, std::size_t from)
        : m_html(html)
        , m_tokens(html, from)
        , m_limits(limits)
        , m_table(limits)
    {
    }

    HtmlDocument run()
    {
        for (auto token = m_tokens.next(); token.kind != HtmlToken::Kind::End && !m_full; token = m_tokens.next()) {
            if (token.kind == HtmlToken::Kind::Text) {
                text(token.bytes);
            } else if (token.kind == HtmlToken::Kind::Open) {
                open(token);
            } else if (token.kind == HtmlToken::Kind::Close) {
                close(token);
            }
        }
        if (m_tableDepth > 0) {
            endTable();
        }
        endBlock();
        m_document.truncated = m_full || m_table.truncated();
        return std::move(m_document);
    }

private:
    // Where text goes now: the open cell, or the open block.
    HtmlText& sink() { return m_table.cell() ? m_table.cell()->text : m_block.text; }

    bool spend(std::size_t bytes)
    {
        m_text += bytes;
        m_full = m_full || m_text > m_limits.textBytes;
        return !m_full;
    }

    void text(ByteRange range)
    {
        if (m_tableDepth > 0 && !m_table.cell()) {
            // Text between cells is dropped by browsers' tables but shown before them: it must not get lost.
            const auto all = slice(m_html, range);
            if (std::all_of(
                    all.begin(), all.end(), [](char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; })) {
                return;
            }
            m_table.beginCell(range.start, false);
        }
        if (!spend(range.size())) {
            return;
        }
        auto& out = sink();
        const auto from = out.text.size();
        appendFolded(out, range);
        addSpan(out, from);
    }

    [[nodiscard]] bool isSpaceAt(std::uint64_t at) const
    {
        const auto c = m_html[at];
        return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '\f';
    }

    // Undoes entities and folds white space (unless preformatted), keeping the way back to every byte.
    void appendFolded(HtmlText& out, ByteRange range) const
    {
        bool linear = false; // the last byte continues a linear segment
        for (auto at = range.start; at < range.end;) {
            if (m_preDepth == 0 && isSpaceAt(at)) {
                const auto first = at;
                while (at < range.end && isSpaceAt(at)) {
                    ++at;
                }
                if (!out.text.empty() && out.text.back() != ' ' && out.text.back() != '\n') {
                    out.map.addBlock(out.text.size(), first, at - first);
                    out.text.push_back(' ');
                }
                linear = false;
                continue;
            }
            const auto entity = m_html[at] == '&' ? readEntity(m_html.substr(0, range.end), at) : HtmlEntity{};
            if (entity.length > 0) {
                out.map.addBlock(out.text.size(), at, entity.length);
                appendUtf8(out.text, entity.point == 0xA0 ? U' ' : entity.point);
                at += entity.length;
                linear = false;
                continue;
            }
            if (!linear) {
                out.map.addLinear(out.text.size(), at);
                linear = true;
            }
            out.text.push_back(m_html[at]);
            ++at;
        }
    }

    void addSpan(HtmlText& out, std::size_t from) const
    {
        const HtmlSpan span{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(out.text.size()), m_strong > 0,
            m_italic > 0, m_code > 0, m_strike > 0, m_link > 0};
        if (span.end > span.start && (span.strong || span.italic || span.code || span.strike || span.link)) {
            out.spans.push_back(span);
        }
    }

    void lineBreak(std::uint64_t at)
    {
        auto& out = sink();
        if (!out.text.empty()) {
            out.map.addBlock(out.text.size(), at, 1);
            out.text.push_back('\n');
        }
    }

    // Ends the open paragraph; the next text starts one of this kind.
    void endBlock(HtmlBlock::Kind nextKind = HtmlBlock::Kind::Paragraph, int level = 0, int ordinal = 0)
    {
        trimEnd(m_block.text);
        if (!m_block.text.text.empty()) {
            addBlock(std::move(m_block));
        }
        m_block = {};
        m_block.kind = nextKind;
        m_block.level = level;
        m_block.ordinal = ordinal;
    }

    void addBlock(HtmlBlock block)
    {
        if (m_document.blocks.size() >= m_limits.blocks) {
            m_full = true;
            return;
        }
        m_document.blocks.push_back(std::move(block));
    }

    void open(const HtmlToken& token)
    {
        const auto& name = token.name;
        if (isOneOf(name, activeNames) || hasActiveAttribute(token.attributes)
            || (sameName(name, "meta") && htmlAttribute(token.attributes, "http-equiv").data() != nullptr)) {
            m_document.active = true;
        }
        if (isOneOf(name, loadingNames)
            || (sameName(name, "iframe") && htmlAttribute(token.attributes, "src").data() != nullptr)) {
            noteLoad(token);
        }
        if (isOneOf(name, rawNames)) {
            if (!token.attributes.ends_with('/')) {
                m_tokens.skipRaw(lowerRaw(name));
            }
        } else if (sameName(name, "svg")) {
            drawing(token);
        } else if (m_drawingDepth > 0 && isOneOf(name, drawnTextNames)) {
            apart(token.bytes.start);
        } else if (m_limits.forReaders && sameName(name, "div") && openInLine(token)) {
            // It goes on with its line.
        } else if (sameName(name, "br")) {
            lineBreak(token.bytes.start);
        } else if (sameName(name, "img")) {
            picture(token, htmlAttribute(token.attributes, "alt"));
        } else if (!openTable(token) && !openInline(name, 1)) {
            openBlock(token);
        }
    }

    void noteLoad(const HtmlToken& token)
    {
        const auto source = htmlAttribute(token.attributes, sameName(token.name, "link") ? "href" : "src");
        m_document.remote = m_document.remote || (source.data() != nullptr && !readUrl(source).holdsData());
    }

    static std::string_view lowerRaw(std::string_view name)
    {
        return *std::find_if(rawNames.begin(), rawNames.end(), [name](auto n) { return sameName(name, n); });
    }

    // "[a chart]", as readers see it without the picture: one unit, written by the whole tag.
    void pictureInCell(const HtmlToken& token, std::string_view name)
    {
        constexpr std::size_t longest = 200;
        if (!m_limits.picturesInTables || !m_table.cell() || name.empty()) {
            return;
        }
        name = readUrl(name).holdsData() ? std::string_view("data:") : name.substr(0, longest);
        auto& out = m_table.cell()->text;
        out.map.addBlock(out.text.size(), token.bytes.start, token.bytes.size());
        out.text.append("[").append(name).append("]");
    }

    // How a page lays a box out: in its line, or not at all until somebody clicks. What is hidden is told as well.
    bool openInLine(const HtmlToken& token)
    {
        auto style = htmlAttribute(token.attributes, "style");
        const auto at = style.find("display");
        style = style.substr(at == std::string_view::npos ? style.size() : at);
        style =
            style.substr(std::min(style.find_first_not_of(": \t\n", std::string_view("display").size()), style.size()));
        const auto box = style.starts_with("inline") ? Box::InLine
            : style.starts_with("none")              ? Box::Hidden
                                                     : Box::Block;
        m_boxes.push_back(box);
        box == Box::Hidden ? apart(token.bytes.start) : void();
        return box != Box::Block;
    }

    // A drawing inside another is a part of it. Its words are text, or nothing of it is.
    void drawing(const HtmlToken& token)
    {
        if (m_drawingDepth == 0) {
            picture(token, "SVG");
        }
        if (!m_limits.forReaders) {
            m_tokens.skipRaw("svg");
        } else if (!token.attributes.ends_with('/')) {
            ++m_drawingDepth;
        }
    }

    // Texts of a drawing stand anywhere in it: two of them are never one word.
    void apart(std::uint64_t at)
    {
        auto& out = sink();
        if (!out.text.empty() && out.text.back() != ' ' && out.text.back() != '\n') {
            out.map.addBlock(out.text.size(), at, 1);
            out.text.push_back(' ');
        }
    }

    void picture(const HtmlToken& token, std::string_view alternative)
    {
        if (m_tableDepth > 0) {
            pictureInCell(token, alternative.empty() ? htmlAttribute(token.attributes, "src") : alternative);
            return;
        }
        endBlock();
        HtmlBlock block;
        block.kind = HtmlBlock::Kind::Picture;
        block.text.text = alternative.substr(0, 200);
        block.text.map.addLinear(0, token.bytes.start);
        addBlock(std::move(block));
    }

    // Bold, italic and the like: `by` is 1 when it opens, -1 when it closes.
    bool openInline(std::string_view name, int by)
    {
        const auto count = [by](int& depth) { depth = std::max(0, depth + by); };
        if (sameName(name, "b") || sameName(name, "strong")) {
            count(m_strong);
        } else if (sameName(name, "i") || sameName(name, "em")) {
            count(m_italic);
        } else if (sameName(name, "code") || sameName(name, "tt") || sameName(name, "kbd") || sameName(name, "samp")) {
            count(m_code);
        } else if (sameName(name, "s") || sameName(name, "del") || sameName(name, "strike")) {
            count(m_strike);
        } else if (sameName(name, "a")) {
            count(m_link);
        } else {
            return false;
        }
        return true;
    }

    static int headingLevel(std::string_view name)
    {
        return name.size() == 2 && (name[0] == 'h' || name[0] == 'H') && name[1] >= '1' && name[1] <= '6'
            ? name[1] - '0'
            : 0;
    }

    void openBlock(const HtmlToken& token)
    {
        const auto& name = token.name;
        if (const auto* cell = m_table.cell()) {
            if (isOneOf(name, blockNames) && !cell->text.text.empty()) {
                lineBreak(token.bytes.start);
            }
            return;
        }
        if (const auto level = headingLevel(name); level > 0) {
            endBlock(HtmlBlock::Kind::Heading, level);
        } else if (sameName(name, "ul") || sameName(name, "ol")) {
            endBlock();
            if (m_listDepth < deepestList) {
                m_counters[static_cast<std::size_t>(m_listDepth)] = sameName(name, "ol") ? 1 : 0;
            }
            ++m_listDepth;
        } else if (sameName(name, "li")) {
            const auto depth = std::clamp(m_listDepth, 1, deepestList);
            auto& counter = m_counters[static_cast<std::size_t>(depth - 1)];
            endBlock(HtmlBlock::Kind::Item, depth, counter);
            counter += counter > 0 ? 1 : 0;
        } else if (sameName(name, "pre") || sameName(name, "textarea")) {
            endBlock(HtmlBlock::Kind::Preformatted);
            ++m_preDepth;
        } else if (sameName(name, "hr")) {
            endBlock();
            HtmlBlock rule;
            rule.kind = HtmlBlock::Kind::Rule;
            addBlock(std::move(rule));
        } else if (isOneOf(name, blockNames)) {
            // A paragraph inside an item goes on with it.
            if (m_block.kind != HtmlBlock::Kind::Item || !m_block.text.text.empty()) {
                endBlock();
            }
        }
    }

    void close(const HtmlToken& token)
    {
        const auto& name = token.name;
        if (m_drawingDepth > 0 && sameName(name, "svg")) {
            if (--m_drawingDepth == 0 && m_tableDepth == 0) {
                endBlock();
            }
            return;
        }
        if (sameName(name, "div") && !m_boxes.empty()) {
            const auto box = m_boxes.back();
            m_boxes.pop_back();
            if (box != Box::Block) {
                box == Box::Hidden ? apart(token.bytes.start) : void();
                return;
            }
        }
        if (openInline(name, -1) || closeTable(name) || m_table.cell()) {
            return;
        }
        if (sameName(name, "ul") || sameName(name, "ol")) {
            m_listDepth = std::max(0, m_listDepth - 1);
            endBlock();
        } else if (sameName(name, "pre") || sameName(name, "textarea")) {
            m_preDepth = std::max(0, m_preDepth - 1);
            endBlock();
        } else if (headingLevel(name) > 0 || sameName(name, "li") || isOneOf(name, blockNames)) {
            endBlock();
        }
    }

    bool openTable(const HtmlToken& token)
    {
        const auto& name = token.name;
        if (sameName(name, "table")) {
            if (m_tableDepth++ == 0) {
                endBlock();
            }
            return true;
        }
        // Only the outermost table has rows; the text of inner ones goes to its cells.
        if (m_tableDepth != 1) {
            return m_tableDepth > 1 && (sameName(name, "tr") || sameName(name, "td") || sameName(name, "th"));
        }
        if (sameName(name, "thead")) {
            m_table.setHead(true);
        } else if (sameName(name, "tbody") || sameName(name, "tfoot")) {
            m_table.setHead(false);
        } else if (sameName(name, "tr")) {
            m_table.beginRow();
        } else if (sameName(name, "td") || sameName(name, "th")) {
            m_table.beginCell(token.bytes.end, sameName(name, "th"), token.attributes);
        } else {
            return sameName(name, "caption") || sameName(name, "col") || sameName(name, "colgroup");
        }
        return true;
    }

    bool closeTable(std::string_view name)
    {
        if (m_tableDepth == 0) {
            return false;
        }
        if (sameName(name, "table")) {
            if (m_tableDepth == 1) {
                endTable();
            } else {
                --m_tableDepth;
            }
            return true;
        }
        if (m_tableDepth > 1) {
            return true;
        }
        if (sameName(name, "tr")) {
            m_table.endRow();
        } else if (sameName(name, "td") || sameName(name, "th") || sameName(name, "caption")) {
            m_table.endCell();
        } else if (sameName(name, "thead")) {
            m_table.endRow();
            m_table.setHead(false);
        } else {
            return false;
        }
        return true;
    }

    void endTable()
    {
        m_tableDepth = 0;
        HtmlBlock block;
        block.kind = HtmlBlock::Kind::Table;
        block.table = m_table.finish();
        if (!block.table.rows.empty()) {
            addBlock(std::move(block));
        }
    }

    std::string_view m_html;
    HtmlTokens m_tokens;
    HtmlLimits m_limits;
    HtmlDocument m_document;
    HtmlBlock m_block;
    std::size_t m_text = 0;
    bool m_full = false;
    int m_strong = 0;
    int m_italic = 0;
    int m_code = 0;
    int m_strike = 0;
    int m_link = 0;
    int m_preDepth = 0;
    int m_listDepth = 0;
    std::array<int, deepestList> m_counters{};
    int m_tableDepth = 0;
    int m_drawingDepth = 0;
    enum class Box : std::uint8_t { Block, InLine, Hidden };
    std::vector<Box> m_boxes; // open <div>
    HtmlTableBuilder m_table;
};

} // namespace

HtmlDocument readHtml(std::string_view html, const HtmlLimits& limits, std::size_t from)
{
    return Reader(html, limits, std::min(from, html.size())).run();
}

} // namespace cupel::formats
