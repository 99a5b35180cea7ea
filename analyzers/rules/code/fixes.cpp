// SPDX-License-Identifier: GPL-3.0-or-later
// Exact edits of a call: an argument set, dropped, or the function's name changed.
#include "analyzers/rules/code/judge.h"

#include <algorithm>

namespace cupel::rules::code {

using cupel::code::CallSite;
using cupel::code::Children;
using cupel::code::NodeField;
using cupel::code::NodeKind;
using cupel::code::NodeRef;
using cupel::code::Syntax;

namespace {

// "name=value" as the last argument of a call.
std::optional<TextEdit> inserted(const Syntax& syntax, std::string_view text, std::uint32_t list, std::string argument)
{
    const auto& entry = syntax[list];
    if (entry.kind != NodeKind::ArgumentList || entry.end < entry.start + 2 || text[entry.end - 1] != ')') {
        return std::nullopt;
    }
    std::uint32_t last = Syntax::none;
    for (const auto child : Children(syntax, list)) {
        if (syntax[child].kind == NodeKind::Comment) {
            return std::nullopt; // the comment would swallow what is put behind it
        }
        last = child;
    }
    if (last == Syntax::none) {
        return TextEdit{{entry.end - 1, entry.end - 1}, std::move(argument)};
    }
    const auto behind = syntax[last].end;
    const auto comma = text.substr(behind, entry.end - 1 - behind).find(',');
    if (comma != std::string_view::npos) {
        return TextEdit{{behind + comma + 1, behind + comma + 1}, " " + argument};
    }
    return TextEdit{{behind, behind}, ", " + argument};
}

// The argument with the comma that belongs to it.
ByteRange withComma(std::string_view text, ByteRange argument, ByteRange list)
{
    auto after = text.find_first_not_of(" \t", argument.end);
    if (after < list.end && text[after] == ',') {
        after = std::min<std::size_t>(text.find_first_not_of(" \t", after + 1), list.end);
        return {argument.start, after};
    }
    auto before = argument.start;
    while (before > list.start && (text[before - 1] == ' ' || text[before - 1] == '\t' || text[before - 1] == '\n')) {
        --before;
    }
    return before > list.start && text[before - 1] == ',' ? ByteRange{before - 1, argument.end} : argument;
}

// Whether the call computes the same after its edit. For nearly all rules it does not, or nobody can know:
//   yaml.load -> safe_load       tags for Python objects and tuples are refused
//   allow_pickle=False, check_hash=True, safe_mode, filter='data'   files that were read are refused
//   weights_only=True            whole models are refused; a state dict is tensors only, and loads the same
//   verify=False taken out       hosts with certificates of their own are refused
//   timeout, seeds, autoescape, tensor() for Tensor()   times, numbers, texts and types change
//   share=False, debug=False     somebody may rely on the link or on the reloader
// So only one is: weights_only where what is loaded goes straight into load_state_dict.
bool keepsTheResult(const Syntax& syntax, std::string_view text, std::uint32_t call, std::string_view argument)
{
    if (argument != "weights_only=True") {
        return false;
    }
    const auto list = syntax[call].parent;
    if (list == Syntax::none || syntax[list].kind != NodeKind::ArgumentList) {
        return false;
    }
    const auto function = syntax.child(syntax[list].parent, NodeField::Function);
    const auto name = function == Syntax::none ? Syntax::none : syntax.child(function, NodeField::Attribute);
    return name != Syntax::none && slice(text, syntax[name].bytes()) == "load_state_dict";
}

} // namespace

std::optional<Fix> Judge::fixFor(const CodeRow& row, const CallSite& site) const
{
    if (row.fix.empty() || site.reference || site.moreArguments) {
        return std::nullopt;
    }
    const auto& syntax = m_flow.syntax(site.place.unit);
    const std::string_view text = m_input.code().cells()[site.place.unit].text;
    const auto list = syntax.child(site.place.node, NodeField::Arguments);
    const auto function = syntax.child(site.place.node, NodeField::Function);
    if (list == Syntax::none || function == Syntax::none) {
        return std::nullopt;
    }
    const auto verb = row.fix.substr(0, row.fix.find(' '));
    const auto rest = row.fix.substr(std::min(row.fix.size(), verb.size() + 1));
    if (verb == "name") {
        const auto name = syntax.child(function, NodeField::Attribute);
        if (name == Syntax::none) {
            return std::nullopt;
        }
        return Fix{"replace-call", false, {TextEdit{syntax[name].bytes(), std::string(rest)}}};
    }
    const auto equals = rest.find('=');
    const auto name = rest.substr(0, equals);
    if (name == "weights_only" && site.named("pickle_module")) {
        return std::nullopt; // torch takes one of them: with both the call fails
    }
    const auto* argument = site.named(name);
    const bool here = argument && argument->place.unit == site.place.unit && syntax[argument->place.node].parent == list
        && syntax[argument->place.node].kind == NodeKind::KeywordArgument;
    if (argument && !here) {
        return std::nullopt; // it comes out of a dictionary
    }
    if (verb == "drop") {
        if (!argument) {
            return std::nullopt;
        }
        const auto range = withComma(text, syntax[argument->place.node].bytes(), syntax[list].bytes());
        return Fix{"set-argument", false, {TextEdit{range, {}}}};
    }
    const bool safe = keepsTheResult(syntax, text, site.place.node, rest);
    if (argument) {
        return Fix{"set-argument", safe,
            {TextEdit{syntax[argument->valuePlace.node].bytes(), std::string(rest.substr(equals + 1))}}};
    }
    auto edit = inserted(syntax, text, list, std::string(rest));
    return edit ? std::optional(Fix{"set-argument", safe, {std::move(*edit)}}) : std::nullopt;
}

} // namespace cupel::rules::code
