// SPDX-License-Identifier: GPL-3.0-or-later
// Calls, methods and filters: what they give back, and what they reach on the way.
#include "analyzers/code/jinja_follower.h"
#include "analyzers/code/jinja_texts.h"

#include <algorithm>
#include <utility>

namespace cupel::code {

namespace {

using Kind = JinjaNode::Kind;

} // namespace

std::string JinjaFollower::shownCall(const JinjaNode& node, std::string begin) const
{
    begin += "(";
    for (std::uint32_t i = 1; i < node.childCount && begin.size() < longestShown; ++i) {
        begin += (i == 1 ? "" : ", ") + valueOf(child(node, i)).shown;
    }
    return begin + ")";
}

JinjaValue JinjaFollower::call(const JinjaNode& node)
{
    const auto& callee = m_tree.nodes[child(node, 0)];
    const auto& function = valueOf(child(node, 0));
    const auto given = arguments(node);
    JinjaValue out;
    out.content = callee.kind == Kind::Attribute && valueOf(child(callee, 0)).content;
    for (const auto* argument : given) {
        out.content = out.content || argument->content;
    }
    if (callee.kind == Kind::Name) {
        this->function(node, callee.text, out);
    } else {
        for (const auto& name : function.member) {
            m_listener.call(name, true, node.range);
        }
        if (callee.kind == Kind::Attribute) {
            method(callee, given, out);
        }
    }
    out.shown = shownCall(node, function.shown);
    return out;
}

void JinjaFollower::function(const JinjaNode& node, const std::string& name, JinjaValue& out)
{
    const auto given = arguments(node);
    const auto macro = m_known.find(name + "()");
    if (macro != m_known.end()) {
        out.texts = macro->second.texts;
        out.exact = macro->second.exact;
        return;
    }
    if (m_known.find(name) == m_known.end()) {
        m_listener.call(name, false, node.range);
    }
    if (name == "range" && !given.empty()) {
        const auto& bound = given.size() > 1 ? *given[1] : *given[0];
        if (bound.number && *bound.number >= 0) {
            out.number = bound.number;
            out.root = "range()";
            m_listener.repeats(static_cast<std::uint64_t>(*bound.number), node.range);
        }
    } else if (name == "dict") {
        for (std::uint32_t i = 1; i < node.childCount; ++i) {
            const auto& part = m_tree.nodes[child(node, i)];
            if (part.kind == Kind::Keyword && out.items.size() < mostItems) {
                out.items.push_back(part.text); // joining a dictionary joins its keys
            }
        }
    } else if (name == "strftime_now") {
        out.clock = true;
    }
}

void JinjaFollower::method(const JinjaNode& callee, const std::vector<const JinjaValue*>& given, JinjaValue& out)
{
    const auto& base = valueOf(child(callee, 0));
    const auto& name = callee.text;
    if (name == "startswith" || name == "endswith" || name == "find" || name == "index" || name == "count"
        || name == "__contains__") {
        for (const auto* argument : given) {
            compared(*argument, base, out);
        }
        return;
    }
    const bool content = out.content;
    if (name == "join" && !given.empty() && !base.texts.empty()) {
        if (!given[0]->items.empty()) {
            out = joined(given[0]->items, base.texts.back());
        }
    } else if (name == "format" && !base.texts.empty()) {
        fields(callee, base);
        out = formatted(base, given, true);
    } else if (!base.texts.empty()) {
        auto changed = base;
        if (applyTextOperation(name, given, changed)) {
            out.texts = std::move(changed.texts);
            out.exact = changed.exact;
        }
    }
    out.content = content || base.content;
    out.clock = base.clock;
}

// "{0.__class__}" reaches attributes too.
void JinjaFollower::fields(const JinjaNode& node, const JinjaValue& pattern)
{
    for (const auto& text : pattern.texts) {
        for (auto open = text.find('{'); open != std::string::npos; open = text.find('{', open + 1)) {
            const auto field = text.substr(open + 1, std::min(text.find('}', open), text.size()) - open - 1);
            const auto dot = field.find_first_of(".[");
            if (dot != std::string::npos) {
                std::vector<std::string> names;
                std::string one;
                for (const char c : field.substr(dot) + ".") {
                    if (c == '.' || c == '[' || c == ']') {
                        names.push_back(std::exchange(one, {}));
                    } else {
                        one += c;
                    }
                }
                m_listener.access({JinjaAccess::How::Field, &names, true, false, &pattern, node.range});
            }
        }
    }
}

// "a.__class__" as the attribute of map, sort, groupby ...
void JinjaFollower::reach(const JinjaNode& node, const JinjaValue& base, const JinjaValue& path)
{
    std::vector<std::string> names;
    for (const auto& text : path.texts) {
        std::size_t from = 0;
        while (from <= text.size()) {
            const auto dot = std::min(text.find('.', from), text.size());
            names.push_back(text.substr(from, dot - from));
            from = dot + 1;
        }
    }
    m_listener.access({JinjaAccess::How::Field, &names, path.exact, !path.literal, &base, node.range});
}

void JinjaFollower::mapped(const JinjaNode& node, const std::vector<const JinjaValue*>& given, JinjaValue& out)
{
    const auto& base = valueOf(child(node, 0));
    for (std::uint32_t i = 1; i < node.childCount; ++i) {
        const auto& part = m_tree.nodes[child(node, i)];
        if (part.kind == Kind::Keyword && part.text == "attribute") {
            reach(node, base, valueOf(child(node, i)));
        }
    }
    const bool byFirst = node.text == "selectattr" || node.text == "rejectattr" || node.text == "groupby";
    if (byFirst && !given.empty()) {
        reach(node, base, *given[0]);
    }
    if (node.text == "map" && !given.empty()) {
        const auto& texts = given[0]->texts;
        if (given.size() > 1 && std::find(texts.begin(), texts.end(), "attr") != texts.end()) {
            reach(node, base, *given[1]);
        } else if (texts.empty() || !given[0]->exact) {
            reach(node, base, *given[0]); // a filter that is named at run time
        } else if (!base.items.empty()) {
            out.items.clear();
            for (const auto& item : base.items) {
                JinjaValue one;
                one.texts.push_back(item);
                one.exact = true;
                applyTextOperation(texts.back(), {given.begin() + 1, given.end()}, one);
                out.items.push_back(one.texts.empty() ? std::string() : one.texts.back());
            }
        }
    }
}

JinjaValue JinjaFollower::filter(const JinjaNode& node)
{
    const auto& base = valueOf(child(node, 0));
    const auto given = arguments(node);
    if (node.text == "attr" && !given.empty()) {
        return member(node, given[0]->texts, given[0]->exact, JinjaAccess::How::Filter, !given[0]->literal);
    }
    auto out = base;
    out.literal = false;
    out.member.clear();
    out.key.clear();
    out.number.reset();
    if (node.text == "join") {
        const auto between = given.empty() || given[0]->texts.empty() ? std::string() : given[0]->texts.back();
        if (!base.items.empty()) {
            out = joined(base.items, between);
            out.exact = std::none_of(base.items.begin(), base.items.end(),
                [](const std::string& item) { return item.find(jinjaUnknown) != std::string::npos; });
        }
        out.content = base.content;
    } else if (node.text == "format") {
        out = formatted(base, given, false);
    } else if (!applyTextOperation(node.text, given, out)) {
        out.exact = false;
        out.texts.clear();
        out.items.clear();
    }
    mapped(node, given, out);
    if (node.text == "default" || node.text == "d") {
        for (const auto* argument : given) {
            addAlternatives(out, *argument);
        }
    }
    out.root = base.root;
    out.shown = base.shown + "|" + node.text;
    if (node.childCount > 1) {
        out.shown = shownCall(node, out.shown);
    } else if (out.exact && out.texts.size() == 1) {
        out.shown = shownText(out.texts.front());
    }
    return out;
}

} // namespace cupel::code
