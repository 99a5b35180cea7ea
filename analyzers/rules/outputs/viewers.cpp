// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/outputs/viewers.h"

#include <algorithm>

namespace cupel::rules::outputs {

namespace {

constexpr std::string_view runs = "runs";
constexpr std::string_view boxed = "runs, in a frame of its own";
constexpr std::string_view asks = "runs once the folder is trusted";
constexpr std::string_view asksShow = "takes effect once the folder is trusted";
constexpr std::string_view blocked = "blocked";
constexpr std::string_view slips = "may slip through its filter";
constexpr std::string_view click = "runs on a click";
constexpr std::string_view event = "runs when the reader points at it, clicks or types";
constexpr std::string_view loads = "loads it";
constexpr std::string_view asksLoad = "loads it once the folder is trusted";
constexpr std::string_view proxied = "loads it through its own server";
constexpr std::string_view sends = "sends it on a click";
constexpr std::string_view shown = "takes effect";
constexpr std::string_view text = "shown as text";
constexpr std::string_view nothing = "no effect";
constexpr std::string_view notShown = "not shown";
constexpr std::string_view opens = "opens on a click";
constexpr std::string_view alone = "blocked in an image; runs when it is opened by itself";
constexpr std::string_view older = "runs before version 6.5.1";
constexpr std::string_view exported = "reads or writes files outside the folder";

using Row = std::array<std::string_view, viewerCount>;
struct Entry {
    Carrier carrier;
    Act act;
    Row row;
};
using C = Carrier;
using A = Act;

// Sources. JupyterLab: its sanitiser's lists of tags and attributes (packages/apputils, 4.x) and the renderers marked
// unsafe (SVG, JavaScript); SVG of trusted notebooks is shown as an image. Command buttons: CVE-2026-42557, mended in
// 4.5.7. nbconvert: does not sanitise unless asked (issue 2016); a server that shows its pages without a sandbox runs
// them as the user (CVE-2026-44727); values without markup are escaped from 6.5.1 on (CVE-2021-32862). Attachments
// become the source of an image, and browsers run and load nothing there (SVG as image, HTML standard); saved and
// opened alone the same file is a page. VS Code: the built-in renderers return early for HTML, SVG and JavaScript while
// the workspace is not trusted; Markdown is sanitised. GitHub and Colab publish no list: common knowledge, checked by
// no source; GitHub sanitises on its server, Colab shows outputs in frames of another origin. Order of columns:
// JupyterLab untrusted, trusted, nbconvert HTML, VS Code, GitHub, Colab.
constexpr std::array table{
    Entry{C::Html, A::Run, {blocked, runs, runs, asks, blocked, boxed}},
    Entry{C::Html, A::Click, {blocked, click, click, asks, blocked, click}},
    Entry{C::Html, A::Frame, {blocked, loads, loads, asksLoad, blocked, loads}},
    Entry{C::Html, A::Load, {loads, loads, loads, asksLoad, proxied, loads}},
    Entry{C::Html, A::LoadStyle, {blocked, loads, loads, asksLoad, blocked, loads}},
    Entry{C::Html, A::Form, {nothing, sends, sends, asksShow, blocked, sends}},
    Entry{C::Html, A::Show, {shown, shown, shown, asksShow, blocked, shown}},
    Entry{C::Html, A::Command, {click, click, nothing, nothing, nothing, nothing}},
    Entry{C::Html, A::Clobber, {blocked, shown, shown, asksShow, blocked, boxed}},
    Entry{C::Html, A::Slip, {slips, runs, runs, asks, slips, boxed}},
    Entry{C::Svg, A::Run, {blocked, blocked, runs, asks, blocked, boxed}},
    Entry{C::Svg, A::Click, {blocked, blocked, click, asks, blocked, click}},
    Entry{C::Svg, A::Frame, {blocked, blocked, loads, asksLoad, blocked, loads}},
    Entry{C::Svg, A::Load, {blocked, blocked, loads, asksLoad, blocked, loads}},
    Entry{C::Svg, A::LoadStyle, {blocked, blocked, loads, asksLoad, blocked, loads}},
    Entry{C::Svg, A::Show, {notShown, shown, shown, asksShow, shown, shown}},
    Entry{C::Picture, A::Run, {alone, alone, alone, alone, alone, alone}},
    Entry{C::Picture, A::Click, {alone, alone, alone, alone, alone, alone}},
    Entry{C::Picture, A::Frame, {alone, alone, alone, alone, alone, alone}},
    Entry{C::Picture, A::Load, {alone, alone, alone, alone, alone, alone}},
    Entry{C::Picture, A::LoadStyle, {alone, alone, alone, alone, alone, alone}},
    Entry{C::Picture, A::Slip, {alone, alone, alone, alone, alone, alone}},
    Entry{C::Picture, A::Show, {shown, shown, shown, shown, shown, shown}},
    Entry{C::JavaScript, A::Run, {blocked, runs, runs, asks, blocked, boxed}},
    Entry{C::JavaScript, A::Load, {blocked, loads, loads, asksLoad, blocked, loads}},
    Entry{C::Markdown, A::Run, {blocked, blocked, runs, blocked, blocked, blocked}},
    Entry{C::Markdown, A::Click, {blocked, blocked, click, blocked, blocked, blocked}},
    Entry{C::Markdown, A::Frame, {blocked, blocked, loads, blocked, blocked, blocked}},
    Entry{C::Markdown, A::Load, {loads, loads, loads, loads, proxied, loads}},
    Entry{C::Markdown, A::LoadStyle, {blocked, blocked, loads, blocked, blocked, blocked}},
    Entry{C::Markdown, A::Form, {nothing, nothing, sends, blocked, blocked, blocked}},
    Entry{C::Markdown, A::Show, {shown, shown, shown, blocked, blocked, blocked}},
    Entry{C::Markdown, A::Command, {click, click, nothing, nothing, nothing, nothing}},
    Entry{C::Markdown, A::Clobber, {blocked, blocked, shown, blocked, blocked, blocked}},
    Entry{C::Markdown, A::Export, {nothing, nothing, exported, nothing, nothing, nothing}},
    Entry{C::Markdown, A::Slip, {slips, slips, runs, slips, slips, slips}},
    Entry{C::MarkdownOutput, A::Run, {blocked, runs, runs, blocked, blocked, blocked}},
    Entry{C::MarkdownOutput, A::Click, {blocked, click, click, blocked, blocked, blocked}},
    Entry{C::MarkdownOutput, A::Frame, {blocked, loads, loads, blocked, blocked, blocked}},
    Entry{C::MarkdownOutput, A::Load, {loads, loads, loads, loads, proxied, loads}},
    Entry{C::Raw, A::Run, {text, text, runs, text, text, text}},
    Entry{C::Raw, A::Slip, {text, text, runs, text, text, text}},
    Entry{C::Raw, A::Click, {text, text, click, text, text, text}},
    Entry{C::Raw, A::Frame, {text, text, loads, text, text, text}},
    Entry{C::Raw, A::Load, {text, text, loads, text, text, text}},
    Entry{C::Raw, A::LoadStyle, {text, text, loads, text, text, text}},
    Entry{C::Raw, A::Form, {text, text, sends, text, text, text}},
    Entry{C::Raw, A::Show, {text, text, shown, text, text, text}},
    Entry{C::Raw, A::Command, {text, text, nothing, text, text, text}},
    Entry{C::Latex, A::Click, {blocked, blocked, click, blocked, blocked, blocked}},
    Entry{C::Latex, A::Export, {nothing, nothing, exported, nothing, nothing, nothing}},
    Entry{C::Widget, A::Run, {blocked, runs, runs, asks, notShown, boxed}},
    Entry{C::Widget, A::Slip, {slips, runs, runs, asks, notShown, boxed}},
    Entry{C::Widget, A::Click, {blocked, click, click, asks, notShown, click}},
    Entry{C::Widget, A::Frame, {blocked, loads, loads, asksLoad, notShown, loads}},
    Entry{C::Widget, A::Load, {blocked, loads, loads, asksLoad, notShown, loads}},
    Entry{C::Widget, A::LoadStyle, {blocked, loads, loads, asksLoad, notShown, loads}},
    Entry{C::Widget, A::Form, {blocked, sends, sends, asksShow, notShown, sends}},
    Entry{C::Widget, A::Show, {blocked, shown, shown, asksShow, notShown, shown}},
    Entry{C::Json, A::Load, {loads, loads, notShown, asksLoad, notShown, loads}},
    Entry{C::Json, A::Click, {click, click, notShown, asks, notShown, click}},
    Entry{C::Value, A::Run, {nothing, nothing, older, nothing, nothing, nothing}},
    Entry{C::Name, A::Export, {nothing, nothing, exported, nothing, nothing, nothing}},
};

// Events: where a click runs something, so does the pointer.
constexpr auto events = [] {
    auto all = table;
    for (auto& entry : all) {
        entry.act = entry.act == A::Click ? A::Event : entry.act;
        for (auto& word : entry.row) {
            word = word == click ? event : word;
        }
    }
    return all;
}();

// A carrier without a row of its own does what HTML outputs do, or nothing.
constexpr Row link{opens, opens, opens, opens, opens, opens};

} // namespace

const std::array<std::string_view, viewerCount>& viewerNames()
{
    static constexpr std::array<std::string_view, viewerCount> names{
        "JupyterLab, not trusted", "JupyterLab, trusted", "nbconvert HTML", "VS Code", "GitHub", "Colab"};
    return names;
}

std::size_t harm(std::string_view word)
{
    static constexpr std::array order{nothing, text, blocked, notShown, alone, asksShow, shown, opens, proxied,
        asksLoad, loads, sends, slips, event, click, older, exported, asks, boxed, runs};
    return static_cast<std::size_t>(std::find(order.begin(), order.end(), word) - order.begin());
}

const std::array<std::string_view, viewerCount>& verdicts(Carrier carrier, Act act)
{
    const auto& rows = act == Act::Event ? events : table;
    const auto find = [&](Carrier wanted) {
        return std::find_if(
            rows.begin(), rows.end(), [&](const Entry& entry) { return entry.carrier == wanted && entry.act == act; });
    };
    auto hit = find(carrier);
    if (hit == rows.end() && carrier == Carrier::MarkdownOutput) {
        hit = find(Carrier::Markdown);
    }
    if (hit == rows.end() && carrier != Carrier::Raw) {
        hit = find(Carrier::Html);
    }
    return hit == rows.end() ? link : hit->row;
}

} // namespace cupel::rules::outputs
