// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/html/html_active.h"

#include "analyzers/formats/html/active_reader.h"
#include "analyzers/formats/html/css_acts.h"
#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

constexpr std::uint64_t shortestHidden = 12; // letters nobody sees

template <std::size_t size> bool isOneOf(std::string_view name, const std::array<std::string_view, size>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Of SVG, and no names of HTML: what ends in "/>" has nothing in it.
constexpr std::array<std::string_view, 13> drawnElements{
    "circle", "ellipse", "g", "image", "line", "path", "polygon", "polyline", "rect", "stop", "text", "tspan", "use"};
constexpr std::array<std::string_view, 9> rawElements{
    "script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes", "plaintext"};
constexpr std::array<std::string_view, 14> voidElements{
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"};
constexpr std::array<std::string_view, 5> frames{"iframe", "frame", "portal", "fencedframe", "frameset"};
constexpr std::array<std::string_view, 5> animations{
    "animate", "set", "animatetransform", "animatemotion", "animatecolor"};

} // namespace

ActivePiece& ActiveReader::add(ActiveKind kind, ByteRange bytes, std::string what)
{
    ActivePiece piece;
    piece.kind = kind;
    piece.bytes = {
        std::min<std::uint64_t>(bytes.start, m_html.size()), std::min<std::uint64_t>(bytes.end, m_html.size())};
    piece.what = std::move(what);
    piece.nested = m_depth > 0;
    m_pieces.push_back(std::move(piece));
    return m_pieces.back();
}

std::vector<ActivePiece> ActiveReader::run()
{
    HtmlTag tag;
    bool again = false; // what an unclosed tag swallowed was looked at once
    while (!full() && m_tags.next(tag)) {
        countText(m_textFrom, tag.bytes.start);
        const auto before = tag.bytes;
        switch (tag.kind) {
        case HtmlTag::Kind::Open:
            open(tag);
            break;
        case HtmlTag::Kind::Close:
            close(tag);
            break;
        case HtmlTag::Kind::Comment:
            break;
        case HtmlTag::Kind::Declaration:
            declaration(tag);
            break;
        }
        m_textFrom = m_tags.position();
        if (m_tags.unterminated() && !again) {
            again = true;
            m_tags.moveTo(before.end);
        }
        if (!m_budget.spend(m_tags.position() - before.start)) {
            break;
        }
    }
    endHidden();
    return std::move(m_pieces);
}

void ActiveReader::declaration(const HtmlTag& tag)
{
    const auto head = asciiLower(tag.name.substr(0, 256));
    if (head.starts_with("?xml-stylesheet") || head.starts_with("!entity")
        || (head.starts_with("!doctype")
            && (head.find("<!entity") != std::string::npos || head.find('[') != std::string::npos))) {
        add(ActiveKind::Entity, tag.bytes, head.starts_with('?') ? "xml-stylesheet" : "entity declaration");
    }
}

void ActiveReader::close(const HtmlTag& tag)
{
    const auto name = asciiLower(tag.name.substr(0, 32));
    HtmlAttribute attribute;
    while (m_tags.nextAttribute(attribute)) { }
    if ((name == "svg" || name == "math") && m_foreign > 0) {
        --m_foreign;
    } else if (name == "form") {
        m_form = -1;
    }
    if (m_hiddenDepth > 0 && name == m_hiddenName && --m_hiddenDepth == 0) {
        endHidden();
    }
}

void ActiveReader::open(const HtmlTag& tag)
{
    Element element;
    element.tag = tag;
    element.name = asciiLower(tag.name.substr(0, 64));
    if (const auto colon = element.name.find(':'); colon != std::string::npos && element.name.size() > colon + 1) {
        element.name.erase(0, colon + 1); // svg:script
    }
    element.firstPiece = m_pieces.size();
    HtmlAttribute attribute;
    while (m_tags.nextAttribute(attribute)) {
        if (!full()) {
            this->attribute(element, attribute);
        }
    }
    element.tag.bytes.end = m_tags.position();
    finish(element);
    const bool empty = element.tag.bytes.size() > 2 && m_html.substr(element.tag.bytes.end - 2, 2) == "/>";
    if (element.name == "svg" || element.name == "math") {
        m_foreign += empty ? 0 : 1;
    }
    if (!(empty && m_foreign > 0 && isOneOf(element.name, drawnElements))) {
        beginHidden(element); // a line of a drawing that ends in "/>" has no text in it, a <div/> has
    }
    if (isOneOf(element.name, rawElements) && !(empty && m_foreign > 0)) {
        raw(element);
    }
}

// What only the whole element tells.
void ActiveReader::finish(Element& element)
{
    for (auto i = element.firstPiece; i < m_pieces.size(); ++i) {
        auto& piece = m_pieces[i];
        if (piece.kind == ActiveKind::Handler && (piece.what == "onfocus" || piece.what == "onfocusin")) {
            piece.automatic = element.autofocus;
        }
        if (piece.kind == ActiveKind::RemoteMedia && (element.tiny || element.hides)) {
            piece.kind = ActiveKind::Beacon;
        }
    }
    if (!full()) {
        finishNamed(element);
    }
    if (element.hasHref && element.href.kind == HtmlUrl::Kind::Remote && !full()
        && (element.name == "a" || element.name == "area" || element.name == "form")) {
        const auto rel = asciiLower(element.rel.substr(0, 200));
        const bool blank = sameName(element.target, "_blank") && rel.find("noopener") == std::string::npos
            && rel.find("noreferrer") == std::string::npos;
        if (blank || rel == "opener" || rel.find(" opener") != std::string::npos || rel.starts_with("opener ")) {
            add(ActiveKind::Opener, element.tag.bytes,
                rel.find("opener") == std::string::npos ? "target=_blank" : "rel=opener")
                .host = element.href.host;
        }
    }
}

void ActiveReader::finishNamed(Element& element)
{
    const auto& name = element.name;
    if (isOneOf(name, frames) || name == "script" || name == "image" || name == "feimage") {
        source(element);
    } else if (name == "link") {
        link(element);
    } else if (name == "meta") {
        meta(element);
    } else if (name == "object" || name == "embed" || name == "applet") {
        plugin(element);
    } else if (name == "base") {
        if (element.hasHref || !element.target.empty()) {
            add(ActiveKind::Base, element.tag.bytes, "base").host = element.href.host;
        }
    } else if (name == "form") {
        auto& piece = add(ActiveKind::Form, element.tag.bytes, "form");
        m_form = static_cast<std::int64_t>(m_pieces.size()) - 1;
        if (element.hasSource) { // action
            const auto url = readUrl(element.source);
            piece.host = url.host;
            piece.insecure = url.insecure;
        }
    } else if (name == "isindex") {
        add(ActiveKind::Form, element.tag.bytes, "isindex");
    } else if (name == "input" || name == "keygen") {
        if (m_form >= 0 && sameName(element.type, "password")) {
            m_pieces[static_cast<std::size_t>(m_form)].asksPassword = true;
        }
    } else if (name == "foreignobject") {
        add(ActiveKind::SvgForeign, element.tag.bytes, "foreignObject");
    } else if (name == "use") {
        if (element.hasHref && element.href.kind != HtmlUrl::Kind::Relative) {
            auto& piece = add(ActiveKind::SvgUse, element.tag.bytes, "use");
            piece.host = element.href.host;
            piece.automatic = true;
        }
    } else if (isOneOf(name, animations)) {
        animate(element);
    }
}

void ActiveReader::source(Element& element)
{
    const bool isScript = element.name == "script";
    if (isScript && (!element.hasSource && !element.hasHref)) {
        return; // its content is judged
    }
    const auto url = element.hasSource ? readUrl(element.source) : element.href;
    const auto set = [&](ActiveKind kind, std::string what) {
        auto& piece = add(kind, element.tag.bytes, std::move(what));
        piece.host = url.host;
        piece.insecure = url.insecure;
        piece.hidden = url.hidden;
        piece.automatic = true;
    };
    if (isScript) {
        set(ActiveKind::RemoteScript, "script src");
        return;
    }
    if (!isOneOf(element.name, frames)) { // an image of SVG
        if (element.hasHref) {
            media(element, element.href, element.tag.bytes, element.name);
        }
        return;
    }
    if (element.name == "frameset") {
        return;
    }
    if (!element.srcdoc.empty() || !element.embedded.empty()) {
        set(ActiveKind::Frame, element.name + (element.srcdoc.empty() ? " data-html" : " srcdoc"));
        nested(element.srcdoc.empty() ? element.embedded : element.srcdoc, element.tag.bytes, true);
    } else if (element.hasSource && (url.kind == HtmlUrl::Kind::Script || url.kind == HtmlUrl::Kind::Document)) {
        set(ActiveKind::ScriptUrl, element.name + " src");
    } else {
        set(url.kind == HtmlUrl::Kind::Remote          ? ActiveKind::RemoteFrame
                : url.kind == HtmlUrl::Kind::LocalFile ? ActiveKind::LocalFile
                                                       : ActiveKind::Frame,
            element.name + (element.hasSource ? " src" : ""));
    }
}

void ActiveReader::link(Element& element)
{
    if (!element.hasHref) {
        return;
    }
    const auto rel = asciiLower(element.rel.substr(0, 100));
    const auto kind = rel.find("import") != std::string::npos || rel.find("modulepreload") != std::string::npos
            || rel.find("manifest") != std::string::npos || rel.find("serviceworker") != std::string::npos
        ? ActiveKind::Import
        : ActiveKind::RemoteStyle;
    const bool loads = element.href.kind == HtmlUrl::Kind::Remote || kind == ActiveKind::Import;
    if (loads && rel != "canonical" && rel != "license" && rel != "author") {
        auto& piece =
            add(kind, element.tag.bytes, "link" + (rel.empty() ? std::string() : " rel=" + rel.substr(0, 24)));
        piece.host = element.href.host;
        piece.insecure = element.href.insecure;
        piece.automatic = true;
    }
}

void ActiveReader::meta(Element& element)
{
    const auto kind = asciiLower(undoEntities(element.httpEquiv.substr(0, 100), 64));
    if (kind == "refresh") {
        auto& piece = add(ActiveKind::Refresh, element.tag.bytes, "meta refresh");
        piece.automatic = true;
        const auto content = undoEntities(element.content.substr(0, 1'024), 1'024);
        auto target = asciiLower(content).find("url");
        target = target == std::string::npos ? content.find_first_of(";,") : content.find('=', target);
        if (target != std::string::npos) {
            auto rest = std::string_view(content).substr(target + 1);
            rest.remove_prefix(std::min(rest.find_first_not_of(" \t'\""), rest.size()));
            const auto url = readUrl(rest, false);
            piece.host = url.host;
            piece.hidden = url.hidden;
            piece.what = url.kind == HtmlUrl::Kind::Script || url.kind == HtmlUrl::Kind::Document
                ? "meta refresh to a script"
                : piece.what;
        }
    } else if (kind == "set-cookie" || kind == "link") {
        add(ActiveKind::Refresh, element.tag.bytes, "meta " + kind).automatic = true;
    }
}

void ActiveReader::plugin(Element& element)
{
    const auto url = element.hasSource ? readUrl(element.source) : element.href;
    const bool scripts = url.kind == HtmlUrl::Kind::Script || url.kind == HtmlUrl::Kind::Document;
    auto& piece = add(scripts ? ActiveKind::ScriptUrl : ActiveKind::Plugin, element.tag.bytes, element.name);
    piece.host = url.host;
    piece.insecure = url.insecure;
    piece.hidden = url.hidden;
    piece.automatic = true;
}

void ActiveReader::animate(Element& element)
{
    const auto animated = asciiLower(undoEntities(element.animated.substr(0, 100), 64));
    if (animated == "href" || animated == "xlink:href" || animated.starts_with("on") || animated == "srcdoc") {
        add(ActiveKind::SvgAnimate, element.tag.bytes, element.name + " of " + animated).automatic =
            animated.starts_with("on");
    }
}

void ActiveReader::raw(const Element& element)
{
    // Inside text that is looked at for a second time nothing is raw: each byte is read twice at most.
    if (m_hiddenMarkup && element.name != "script") {
        return;
    }
    const auto from = m_tags.position();
    const auto to = element.name == "plaintext" ? m_html.size() : m_tags.rawEnd(element.name);
    if (element.name == "script") {
        script(element, from, to);
    } else if (element.name == "style") {
        styleSheet(from, to);
        rawText(element, from, to);
    } else {
        rawText(element, from, to);
    }
    m_tags.moveTo(to);
}

void ActiveReader::script(const Element& element, std::size_t from, std::size_t to)
{
    const auto text = m_html.substr(from, to - from);
    if (element.hasSource || element.hasHref || full()) {
        return;
    }
    const auto type = asciiLower(element.type.substr(0, 64));
    const bool data = type.find("json") != std::string::npos || type.starts_with("text/x-") || type == "text/template"
        || type.find("mathjax") != std::string::npos || type.starts_with("x-shader");
    if (data || text.find_first_not_of(" \t\r\n") == std::string_view::npos) {
        return;
    }
    auto& piece = add(ActiveKind::Script, element.tag.bytes, "script");
    piece.content = {from, to};
    piece.signs = readScript(m_foreign > 0 ? std::string_view(undoEntities(text.substr(0, 64 << 10), 64 << 10)) : text);
    piece.hidden = piece.signs.hidden;
    piece.automatic = true;
}

void ActiveReader::styleSheet(std::size_t from, std::size_t to)
{
    for (auto& act : readCss(m_html.substr(from, to - from), false)) {
        if (full()) {
            return;
        }
        const auto kind = act.kind == CssAct::Kind::Overlay ? ActiveKind::Overlay
            : act.kind == CssAct::Kind::Script              ? ActiveKind::StyleScript
                                                            : ActiveKind::RemoteStyle;
        auto& piece = add(kind, {act.bytes.start + from, act.bytes.end + from}, std::move(act.what));
        piece.host = std::move(act.host);
        piece.hidden = act.hidden;
        piece.automatic = true;
    }
}

// Text to one reader, markup to another: what would run if it were markup is reported as that.
void ActiveReader::rawText(const Element& element, std::size_t from, std::size_t to)
{
    if (m_hiddenMarkup || from >= to) {
        return;
    }
    const auto text = m_html.substr(from, to - from);
    std::string decoded;
    const bool escaped = m_foreign > 0 && text.find('&') != std::string_view::npos;
    if (escaped) {
        decoded = undoEntities(text, m_limits.nestedBytes);
    }
    const std::string_view view = escaped ? std::string_view(decoded) : text;
    if (view.find('<') == std::string_view::npos) {
        return;
    }
    for (auto& piece : ActiveReader(view, m_budget, m_limits, m_depth, true).run()) {
        if (full()) {
            return;
        }
        const bool acts = piece.kind == ActiveKind::Script || piece.kind == ActiveKind::RemoteScript
            || piece.kind == ActiveKind::Handler || piece.kind == ActiveKind::ScriptUrl
            || piece.kind == ActiveKind::Mutation;
        if (acts) {
            const ByteRange place{piece.bytes.start + from, piece.bytes.end + from};
            auto& added = add(
                ActiveKind::Mutation, escaped ? ByteRange{from, to} : place, piece.what + " inside " + element.name);
            added.automatic = piece.automatic;
            added.hidden = true;
        }
    }
}

void ActiveReader::beginHidden(const Element& element)
{
    if (m_hiddenDepth > 0) {
        m_hiddenDepth += element.name == m_hiddenName ? 1 : 0;
        return;
    }
    if (element.hides && !isOneOf(element.name, voidElements) && !isOneOf(element.name, rawElements)) {
        m_hiddenName = element.name;
        m_hiddenDepth = 1;
        m_hiddenText = 0;
        m_textFrom = element.tag.bytes.end;
    }
}

void ActiveReader::countText(std::uint64_t from, std::uint64_t to)
{
    if (m_hiddenDepth == 0 || to <= from) {
        return;
    }
    const auto text = slice(m_html, {from, to});
    constexpr std::string_view blanks = " \t\r\n";
    const auto first = text.find_first_not_of(blanks);
    if (first == std::string_view::npos) {
        return;
    }
    if (m_hiddenText == 0) {
        m_hiddenPlace.start = from + first;
    }
    m_hiddenPlace.end = from + text.find_last_not_of(blanks) + 1;
    m_hiddenText += static_cast<std::uint64_t>(std::count_if(text.begin(), text.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
            || static_cast<unsigned char>(c) >= 0x80;
    }));
}

void ActiveReader::endHidden()
{
    if (m_hiddenText >= shortestHidden && !m_hiddenHow.empty() && !full()) {
        add(ActiveKind::HiddenText, m_hiddenPlace, m_hiddenHow);
    }
    m_hiddenDepth = 0;
    m_hiddenText = 0;
}

std::vector<ActivePiece> findActive(std::string_view html, Budget& budget, const ActiveLimits& limits)
{
    return ActiveReader(html, budget, limits, 0, false).run();
}

} // namespace cupel::formats
