// SPDX-License-Identifier: GPL-3.0-or-later
// The reader behind findActive: one pass over tags, a second over what raw elements hold. Used by html_active.cpp and
// active_attributes.cpp only; lives for one call.
#pragma once

#include "analyzers/formats/html/html_active.h"
#include "analyzers/formats/html/html_tags.h"
#include "analyzers/formats/html/html_url.h"

namespace cupel::formats {

class ActiveReader {
public:
    ActiveReader(
        std::string_view html, Budget& budget, const ActiveLimits& limits, std::uint32_t depth, bool hiddenMarkup)
        : m_html(html)
        , m_budget(budget)
        , m_limits(limits)
        , m_depth(depth)
        , m_hiddenMarkup(hiddenMarkup)
        , m_tags(html)
    {
    }
    std::vector<ActivePiece> run();

private:
    // The attributes of one tag that mean something together.
    struct Element {
        HtmlTag tag;
        std::string name; // lower case
        std::string_view source; // src
        std::string rel; // without references, as the two below
        std::string type;
        std::string target;
        std::string_view srcdoc;
        std::string_view embedded; // data-html of folium
        std::string_view httpEquiv;
        std::string_view content;
        std::string_view animated; // attributeName
        HtmlUrl href;
        bool hasHref = false;
        bool hasSource = false;
        bool autofocus = false;
        bool tiny = false; // width or height of one pixel
        bool hides = false; // by style
        std::size_t firstPiece = 0;
    };

    ActivePiece& add(ActiveKind kind, ByteRange bytes, std::string what);
    [[nodiscard]] bool full() const { return m_pieces.size() >= m_limits.pieces; }
    void open(const HtmlTag& tag);
    void close(const HtmlTag& tag);
    void declaration(const HtmlTag& tag);
    void finish(Element& element);
    void finishNamed(Element& element);
    void source(Element& element);
    void link(Element& element);
    void meta(Element& element);
    void plugin(Element& element);
    void animate(Element& element);
    void raw(const Element& element);
    void script(const Element& element, std::size_t from, std::size_t to);
    void styleSheet(std::size_t from, std::size_t to);
    void rawText(const Element& element, std::size_t from, std::size_t to);
    void beginHidden(const Element& element);
    void endHidden();
    void countText(std::uint64_t from, std::uint64_t to);

    // active_attributes.cpp
    void attribute(Element& element, const HtmlAttribute& attribute);
    void remember(Element& element, const HtmlAttribute& attribute, std::string_view name);
    void handler(const Element& element, const HtmlAttribute& attribute, std::string_view name);
    void address(Element& element, const HtmlAttribute& attribute, std::string_view name);
    void media(Element& element, const HtmlUrl& url, ByteRange bytes, std::string what);
    void mediaPath(const Element& element, const HtmlAttribute& attribute);
    void sourceSet(Element& element, const HtmlAttribute& attribute);
    void styleAttribute(Element& element, const HtmlAttribute& attribute);
    void markupInside(const HtmlAttribute& attribute);
    void clobber(const Element& element, const HtmlAttribute& attribute);
    void nested(std::string_view raw, ByteRange place, bool entities);

    std::string_view m_html;
    Budget& m_budget;
    const ActiveLimits& m_limits;
    std::uint32_t m_depth;
    bool m_hiddenMarkup; // this text is text to a sanitiser
    HtmlTagReader m_tags;
    std::vector<ActivePiece> m_pieces;
    int m_foreign = 0; // inside svg or math
    // Text that a style hides: which element, how deep, how much.
    std::string m_hiddenName;
    ByteRange m_hiddenPlace;
    std::string m_hiddenHow;
    int m_hiddenDepth = 0;
    std::uint64_t m_hiddenText = 0;
    std::int64_t m_form = -1; // index of the open form's piece
    std::uint64_t m_textFrom = 0; // behind the last tag
};

[[nodiscard]] bool isAutomaticEvent(std::string_view lowerName);

} // namespace cupel::formats
