// SPDX-License-Identifier: GPL-3.0-or-later
// What single attributes do: handlers, addresses, styles, markup hidden in values.
#include "analyzers/base/encodings.h"
#include "analyzers/formats/html/active_reader.h"
#include "analyzers/formats/html/css_acts.h"
#include "analyzers/formats/html/html_tokens.h"

#include <algorithm>
#include <array>

namespace cupel::formats {

namespace {

constexpr std::size_t longestName = 64;

template <std::size_t size> bool isOneOf(std::string_view name, const std::array<std::string_view, size>& names)
{
    return std::find(names.begin(), names.end(), name) != names.end();
}

// Attributes that hold an address.
constexpr std::array<std::string_view, 26> addressNames{"href", "src", "xlink:href", "action", "formaction", "poster",
    "background", "data", "cite", "ping", "longdesc", "manifest", "codebase", "archive", "classid", "dynsrc", "lowsrc",
    "profile", "to", "from", "values", "by", "srcset", "imagesrcset", "usemap", "icon"};
// Attributes of SVG that are declarations of a style.
constexpr std::array<std::string_view, 9> drawnNames{
    "fill", "stroke", "filter", "mask", "clip-path", "cursor", "marker-start", "marker-mid", "marker-end"};
constexpr std::array<std::string_view, 9> mediaElements{
    "img", "video", "audio", "source", "track", "input", "body", "bgsound", "image"};
// Ends of what a sanitiser may take for text, in front of markup.
constexpr std::array<std::string_view, 13> closers{"-->", "--!>", "</style", "</title", "</textarea", "</noscript",
    "</xmp", "</iframe", "</noembed", "</noframes", "</script", "]]>", "</template"};
// Names of the document that an element's id or name takes the place of. Those that are also plain words count on
// fewer elements: an anchor called "body" is a heading's.
constexpr std::array<std::string_view, 16> clobbered{"attributes", "childnodes", "cookie", "currentscript",
    "documentelement", "baseuri", "getelementbyid", "queryselector", "createelement", "innerhtml", "defaultview",
    "nodename", "parentnode", "requirejs", "removechild", "__proto__"};
constexpr std::array<std::string_view, 8> clobberedWords{
    "body", "config", "head", "forms", "implementation", "location", "mathjax", "window"};

// The usual ways to write a link that does nothing.
bool doesNothing(std::string_view value)
{
    static constexpr std::array<std::string_view, 6> ways{
        "javascript:", "javascript:;", "javascript:void(0)", "javascript:void(0);", "javascript:void", "javascript:;;"};
    return isOneOf(value, ways);
}

// The value of an attribute that is a word or two, as it is compared.
std::string wordsOf(std::string_view value)
{
    constexpr std::size_t longest = 200;
    auto text = undoEntities(value.substr(0, longest * 6), longest);
    text.erase(0, std::min(text.find_first_not_of(" \t\r\n\f"), text.size()));
    text.erase(text.find_last_not_of(" \t\r\n\f") + 1);
    return text;
}

bool isOnePoint(std::string_view size)
{
    return size == "1" || size == "0" || size == "1px" || size == "0px";
}

} // namespace

bool isAutomaticEvent(std::string_view name)
{
    static constexpr std::array<std::string_view, 34> events{"onload", "onerror", "onbegin", "onend", "onrepeat",
        "onstart", "onfinish", "onbounce", "ontoggle", "onpageshow", "onanimationstart", "onanimationend",
        "onanimationiteration", "onanimationcancel", "ontransitionend", "ontransitionstart", "ontransitionrun",
        "ontransitioncancel", "onloadstart", "onloadeddata", "onloadedmetadata", "onloadend", "oncanplay",
        "oncanplaythrough", "onplay", "onplaying", "onprogress", "ontimeupdate", "onreadystatechange", "onhashchange",
        "onmessage", "onunhandledrejection", "onwebkitanimationstart", "onscrollend"};
    return isOneOf(name, events);
}

void ActiveReader::attribute(Element& element, const HtmlAttribute& attribute)
{
    if (attribute.name.size() > longestName) {
        return;
    }
    const auto name = asciiLower(attribute.name);
    static constexpr std::array<std::string_view, 5> words{"one", "only", "once", "online", "ontology"};
    if (name.size() > 2 && name[0] == 'o' && name[1] == 'n' && name[2] >= 'a' && name[2] <= 'z'
        && !isOneOf(name, words)) {
        handler(element, attribute, name);
    } else if (name == "style") {
        styleAttribute(element, attribute);
    } else if (name.starts_with("data-commandlinker-")) {
        add(ActiveKind::CommandLinker, attribute.bytes, name);
    } else if (name == "id" || name == "name") {
        clobber(element, attribute);
    } else if (isOneOf(name, drawnNames)) {
        styleAttribute(element, attribute);
    } else if (isOneOf(name, addressNames) || name.ends_with(":href")) {
        address(element, attribute, name.ends_with(":href") ? "xlink:href" : std::string_view(name));
    }
    remember(element, attribute, name);
    if (name != "srcdoc" && name != "data-html") {
        markupInside(attribute);
    }
}

void ActiveReader::remember(Element& element, const HtmlAttribute& attribute, std::string_view name)
{
    const auto value = attribute.value;
    if (name == "src" || name == "data" || (name == "action" && element.name == "form") || name == "code") {
        element.source = value;
        element.hasSource = element.hasSource || !value.empty();
    } else if (name == "rel") {
        element.rel = wordsOf(value);
    } else if (name == "type") {
        element.type = wordsOf(value);
    } else if (name == "target") {
        element.target = wordsOf(value);
    } else if (name == "srcdoc") {
        element.srcdoc = value;
    } else if (name == "data-html") {
        element.embedded = value;
    } else if (name == "http-equiv") {
        element.httpEquiv = value;
    } else if (name == "content") {
        element.content = value;
    } else if (name == "attributename") {
        element.animated = value;
    } else if (name == "autofocus") {
        element.autofocus = true;
    } else if (name == "width" || name == "height") {
        element.tiny = element.tiny || isOnePoint(wordsOf(value));
    } else if (name == "hidden") {
        element.hides = true;
        m_hiddenHow = m_hiddenDepth == 0 ? "hidden" : m_hiddenHow;
    } else if (name == "color" && element.name == "font") {
        const auto colour = asciiLower(wordsOf(value));
        const bool white = colour == "white" || colour == "#ffffff" || colour == "#fff";
        element.hides = element.hides || white;
        m_hiddenHow = white && m_hiddenDepth == 0 ? "color: white" : m_hiddenHow;
    }
}

void ActiveReader::handler(const Element& element, const HtmlAttribute& attribute, std::string_view name)
{
    if (attribute.value.find_first_not_of(" \t\r\n;") == std::string_view::npos) {
        return;
    }
    bool undone = false;
    const auto text = undoEntities(attribute.value, 64 << 10, &undone);
    // The frame that folium and its kin write fills itself from its own attribute.
    if (element.name == "iframe" && text.starts_with("this.contentDocument.open();this.contentDocument.write(")) {
        return;
    }
    auto& piece = add(ActiveKind::Handler, attribute.bytes, std::string(name));
    piece.signs = readScript(text);
    const auto plain = std::count(attribute.value.begin(), attribute.value.end(), '&');
    const auto numeric = attribute.value.find("&#");
    piece.hidden = piece.signs.hidden || (undone && plain >= 3 && numeric != std::string_view::npos);
    piece.automatic = isAutomaticEvent(name);
}

void ActiveReader::address(Element& element, const HtmlAttribute& attribute, std::string_view name)
{
    if (name == "srcset" || name == "imagesrcset") {
        sourceSet(element, attribute);
        return;
    }
    const auto url = readUrl(attribute.value);
    if (name == "href" || name == "xlink:href") {
        element.href = url;
        element.hasHref = !attribute.value.empty();
    }
    if (name == "formaction" || (name == "action" && element.name != "form")) {
        auto& piece = add(url.kind == HtmlUrl::Kind::Script ? ActiveKind::ScriptUrl : ActiveKind::Form, attribute.bytes,
            std::string(name));
        piece.host = url.host;
        piece.hidden = url.hidden;
        return;
    }
    const bool image = isOneOf(element.name, mediaElements) || name == "poster" || name == "background"
        || name == "lowsrc" || name == "dynsrc";
    const bool animates = name == "to" || name == "from" || name == "values" || name == "by";
    if (url.kind == HtmlUrl::Kind::Script || (url.kind == HtmlUrl::Kind::Document && !image)) {
        auto& piece = add(animates ? ActiveKind::SvgAnimate : ActiveKind::ScriptUrl, attribute.bytes,
            element.name + " " + std::string(name));
        piece.hidden = url.hidden;
        piece.empty = doesNothing(attribute.value);
        piece.automatic = image || element.name == "script" || element.name == "use" || element.name == "embed";
    } else if (animates) {
        // "values" is a list: a script may stand anywhere in it.
        const auto text = asciiLower(undoEntities(attribute.value.substr(0, 4'096), 4'096));
        if (text.find("javascript:") != std::string::npos) {
            add(ActiveKind::SvgAnimate, attribute.bytes, element.name + " " + std::string(name));
        }
    } else if (name == "ping" && !attribute.value.empty()) {
        add(ActiveKind::Beacon, attribute.bytes, "ping").host = url.host;
    } else if (image
        && (name == "src" || name == "poster" || name == "background" || name == "lowsrc" || name == "dynsrc")) {
        media(element, url, attribute.bytes, element.name + " " + std::string(name));
        if (url.kind == HtmlUrl::Kind::Relative) {
            mediaPath(element, attribute);
        }
    } else if (url.kind == HtmlUrl::Kind::LocalFile && (name == "href" || name == "xlink:href")) {
        add(ActiveKind::LocalFile, attribute.bytes, element.name + " " + std::string(name)).host = url.host;
    }
}

void ActiveReader::media(Element& element, const HtmlUrl& url, ByteRange bytes, std::string what)
{
    if (url.kind == HtmlUrl::Kind::LocalFile) {
        auto& piece = add(ActiveKind::LocalFile, bytes, std::move(what));
        piece.host = url.host;
        piece.automatic = true;
    } else if (url.kind == HtmlUrl::Kind::Remote) {
        auto& piece = add(element.name == "bgsound" || url.counter ? ActiveKind::Beacon : ActiveKind::RemoteMedia,
            bytes, std::move(what));
        piece.host = url.host;
        piece.insecure = url.insecure;
        piece.hidden = url.hidden;
        piece.automatic = true;
    }
}

// Exporters that embed pictures read such a file and put it into the page (CVE-2026-39378).
void ActiveReader::mediaPath(const Element& element, const HtmlAttribute& attribute)
{
    constexpr std::size_t longest = 300;
    auto path = undoEntities(attribute.value.substr(0, longest * 6), longest);
    const bool leaves = path.find("..") != std::string::npos || path.find("%2") != std::string::npos
        || path.starts_with('/') || path.starts_with('~') || path.starts_with('\\');
    if (leaves) {
        add(ActiveKind::MediaPath, attribute.bytes, element.name + " path").path = std::move(path);
    }
}

// Each host once; what browsers choose hangs on the screen.
void ActiveReader::sourceSet(Element& element, const HtmlAttribute& attribute)
{
    constexpr std::size_t mostHosts = 16;
    constexpr std::string_view blanks = " \t\r\n\f";
    const bool entities = attribute.value.find('&') != std::string_view::npos;
    const auto decoded = entities ? undoEntities(attribute.value, m_limits.nestedBytes) : std::string();
    auto rest = entities ? std::string_view(decoded) : attribute.value;
    std::vector<std::string> hosts;
    while (!rest.empty() && !full() && hosts.size() < mostHosts) {
        rest.remove_prefix(std::min(rest.find_first_not_of(", \t\r\n\f"), rest.size()));
        const auto one = rest.substr(0, rest.find_first_of(blanks));
        const auto url = readUrl(one, false);
        if ((url.kind == HtmlUrl::Kind::Remote || url.kind == HtmlUrl::Kind::LocalFile)
            && std::find(hosts.begin(), hosts.end(), url.host) == hosts.end()) {
            media(element, url, attribute.bytes, element.name + " srcset");
            hosts.push_back(url.host);
        } else if (url.kind == HtmlUrl::Kind::Script) {
            add(ActiveKind::ScriptUrl, attribute.bytes, element.name + " srcset").hidden = url.hidden;
            return;
        }
        rest.remove_prefix(one.size());
        if (!one.ends_with(',')) { // what is said of it goes on to the next comma
            rest.remove_prefix(std::min(rest.find(','), rest.size()));
        }
    }
}

void ActiveReader::styleAttribute(Element& element, const HtmlAttribute& attribute)
{
    if (attribute.value.find(':') == std::string_view::npos && attribute.value.find('&') == std::string_view::npos
        && attribute.value.find('(') == std::string_view::npos
        && attribute.value.find('\\') == std::string_view::npos) {
        return;
    }
    std::string decoded;
    bool undone = false;
    if (attribute.value.find('&') != std::string_view::npos) {
        decoded = undoEntities(attribute.value, 64 << 10, &undone);
    }
    for (auto& act : readCss(undone ? std::string_view(decoded) : attribute.value, true, 20)) {
        const ByteRange place = undone
            ? attribute.valueBytes
            : ByteRange{attribute.valueBytes.start + act.bytes.start, attribute.valueBytes.start + act.bytes.end};
        if (act.kind == CssAct::Kind::Hide) {
            element.hides = true;
            m_hiddenHow = m_hiddenDepth == 0 ? act.what : m_hiddenHow;
            continue;
        }
        if (full()) {
            return;
        }
        const auto kind = act.kind == CssAct::Kind::Overlay ? ActiveKind::Overlay
            : act.kind == CssAct::Kind::Script              ? ActiveKind::StyleScript
            : act.kind == CssAct::Kind::Import              ? ActiveKind::RemoteStyle
                                                            : ActiveKind::RemoteMedia;
        auto& piece = add(kind, place, "style " + act.what);
        piece.host = std::move(act.host);
        piece.hidden = act.hidden || (undone && act.kind == CssAct::Kind::Script);
        piece.automatic = true;
    }
}

// A value that ends a comment, a style or a title and goes on with a tag: text to a sanitiser, markup once it was
// parsed for a second time (mutation XSS).
void ActiveReader::markupInside(const HtmlAttribute& attribute)
{
    const auto value = attribute.value;
    const bool entities = value.find("&lt") != std::string_view::npos || value.find("&#") != std::string_view::npos
        || value.find("&LT") != std::string_view::npos;
    if ((!entities && value.find('<') == std::string_view::npos) || readUrl(value).kind == HtmlUrl::Kind::Data
        || m_hiddenMarkup) {
        return;
    }
    const auto text = entities ? undoEntities(value, 64 << 10) : std::string(value.substr(0, 64 << 10));
    const auto lower = asciiLower(text);
    std::size_t from = std::string::npos;
    for (const auto closer : closers) {
        from = std::min(from, lower.find(closer));
    }
    if (from == std::string::npos) {
        return;
    }
    const auto inside = std::string_view(text).substr(from);
    const auto pieces = ActiveReader(inside, m_budget, m_limits, m_depth, true).run();
    const bool acts = std::any_of(pieces.begin(), pieces.end(), [](const ActivePiece& piece) {
        return piece.kind == ActiveKind::Script || piece.kind == ActiveKind::RemoteScript
            || piece.kind == ActiveKind::Handler || piece.kind == ActiveKind::ScriptUrl
            || piece.kind == ActiveKind::Frame || piece.kind == ActiveKind::RemoteFrame;
    });
    if (acts && !full()) {
        auto& piece = add(ActiveKind::Mutation, attribute.bytes, "markup inside " + asciiLower(attribute.name));
        piece.hidden = true;
        piece.automatic = true;
    }
}

void ActiveReader::clobber(const Element& element, const HtmlAttribute& attribute)
{
    static constexpr std::array<std::string_view, 6> owners{"embed", "form", "iframe", "img", "input", "object"};
    const auto value = asciiLower(undoEntities(attribute.value.substr(0, 200), 64));
    if (value.size() < 4 || value.size() > 32) {
        return;
    }
    const bool owner = isOneOf(element.name, owners);
    const bool config =
        value == "jupyter-config-data" || value == "jupyter-lab-config"; // read by JupyterLab (CVE-2024-43805)
    if (config || (isOneOf(value, clobbered) && (owner || element.name == "a"))
        || (owner && isOneOf(value, clobberedWords))) {
        add(ActiveKind::Clobber, attribute.bytes, asciiLower(attribute.name) + "=" + value);
    }
}

// The document inside a frame: what it does is what the frame does.
void ActiveReader::nested(std::string_view raw, ByteRange place, bool entities)
{
    if (m_depth >= m_limits.depth || raw.size() > m_limits.nestedBytes || full()) {
        return;
    }
    auto text = entities ? undoEntities(raw, m_limits.nestedBytes) : std::string(raw);
    if (text.find('<') == std::string::npos) {
        // folium writes its page in base64 or with percent signs.
        auto decoded = text.find("%3C") != std::string::npos ? decodePercent(text) : decodeBase64(text);
        if (!decoded) {
            return;
        }
        text = std::move(*decoded);
    }
    ActiveLimits limits = m_limits;
    limits.pieces = m_limits.pieces - m_pieces.size();
    for (auto& piece : ActiveReader(text, m_budget, limits, m_depth + 1, false).run()) {
        piece.bytes = place;
        m_pieces.push_back(std::move(piece));
    }
}

} // namespace cupel::formats
