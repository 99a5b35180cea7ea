// SPDX-License-Identifier: GPL-3.0-or-later
// What the command that starts a script gives its functions: options of click, typer and fire, flags of absl, sys.argv
// as a list.
#include "analyzers/lineage/trace.h"

#include "analyzers/lineage/words.h"

#include <algorithm>

namespace cupel::lineage {

namespace {

constexpr std::size_t maxArguments = 64; // of sys.argv as a list

bool isArgument(std::string_view type)
{
    return type.ends_with(".argument") || type.ends_with(".Argument");
}

// "--out-file" is out_file
std::string parameterOf(std::string_view option)
{
    std::string name(option.substr(std::min(option.find_first_not_of('-'), option.size())));
    std::replace(name.begin(), name.end(), '-', '_');
    return name;
}

} // namespace

// @click.option("--data", default=...), data: str = typer.Option(...), flags.DEFINE_string("data", ...)
bool Trace::describesOption(TraceCall& site, std::string_view name, Ref& result)
{
    const bool flag = has(name, "flags.DEFINE_") && (name.starts_with("absl.") || name.starts_with("tensorflow."));
    if (!flag && !isOneOf(name, {"click.option", "click.argument", "typer.Option", "typer.Argument", "hydra.main"})) {
        return false;
    }
    result = object(name, site.node);
    for (const auto& argument : site.arguments) {
        if (argument.name.empty()) {
            at(result).made.push_back(argument.value);
        } else {
            at(result).madeBy.emplace_back(argument.name, argument.value);
        }
    }
    if (flag) {
        const auto named = at(site.value(0, "name"));
        auto value = site.value(1, "default");
        if (named.kind == ThingKind::Text) {
            const auto option = keep("--" + std::string(named.text));
            value = optionGiven({option}, value, site.node);
            m_flags.insert_or_assign(std::string(named.text), value);
        }
        at(result).setMember("value", value);
    }
    return true;
}

// What a parameter is given: by its description, or by its own name. `placed`: how many came before by place.
Ref Trace::parameterGiven(Ref described, const Parameter& parameter, std::size_t& placed, std::uint32_t node)
{
    const auto& thing = at(described);
    const bool known = thing.kind == ThingKind::Object && (has(thing.type, "typer.") || has(thing.type, "click."));
    std::vector<std::string_view> options;
    Ref fallback = known ? Ref{0} : parameter.fallback;
    for (const auto one : known ? thing.made : std::vector<Ref>{}) {
        if (at(one).kind == ThingKind::Text && at(one).text.starts_with('-')) {
            options.push_back(at(one).text);
        } else if (has(thing.type, "typer.") && fallback == 0) {
            fallback = one;
        }
    }
    for (const auto& [key, value] : known ? thing.madeBy : decltype(thing.madeBy){}) {
        fallback = key == "default" ? value : fallback;
    }
    const bool byPlace =
        known ? isArgument(thing.type) : parameter.fallback == 0 && !has(parameter.annotation, "Option(");
    Ref given = 0;
    if (byPlace) {
        given = argumentAt(placed++, false, node);
    }
    if (given == 0 && !isArgument(thing.type)) {
        std::string dashed(parameter.name);
        std::replace(dashed.begin(), dashed.end(), '_', '-');
        if (options.empty()) {
            options = {keep("--" + dashed), keep("--" + std::string(parameter.name))};
        }
        given = optionGiven(options, fallback, node);
    }
    given = given != 0 ? given : fallback;
    const bool nothing = given == 0 || at(given).kind == ThingKind::Unknown;
    return nothing ? text(std::string(1, hole), node) : given;
}

// typer.run(main), fire.Fire(main), @app.command(): parameters of the function are those of the command.
void Trace::givenByCommand(std::uint32_t function, std::uint32_t node)
{
    if (function >= m_functions.size() || starts().empty()) {
        for (auto& parameter :
            function < m_functions.size() ? m_functions[function].parameters : std::vector<Parameter>()) {
            const auto& described = at(parameter.fallback);
            if (described.kind == ThingKind::Object && described.type.starts_with("typer.")) {
                std::size_t placed = 0;
                parameter.fallback = parameterGiven(parameter.fallback, parameter, placed, node);
            }
        }
        return;
    }
    std::size_t placed = 0;
    for (auto& parameter : m_functions[function].parameters) {
        if (parameter.kind == Parameter::Kind::Plain && parameter.name != "self") {
            parameter.fallback = parameterGiven(parameter.fallback, parameter, placed, node);
        }
    }
}

// What decorators of click said of parameters; `described`: what each decorator is.
void Trace::givenByDecorators(
    std::uint32_t function, const std::vector<Ref>& described, std::string_view written, std::uint32_t node)
{
    std::size_t placed = 0;
    bool click = false;
    for (const auto ref : described) {
        if (at(ref).type == "hydra.main") {
            givenByHydra(function, ref, node);
        }
        if (at(ref).kind != ThingKind::Object || !at(ref).type.starts_with("click.")) {
            continue;
        }
        click = true;
        std::string name; // the longest option, or the one without dashes
        bool plain = false;
        for (const auto one : at(ref).made) {
            const auto word = at(one).kind == ThingKind::Text ? at(one).text : std::string_view();
            const bool bare = !word.empty() && !word.starts_with('-');
            if (!plain && (bare || word.starts_with("--") || name.empty())) {
                name = parameterOf(word.substr(0, word.find('/')));
            }
            plain = plain || bare;
        }
        for (auto& parameter : m_functions[function].parameters) {
            if (parameter.name == name) {
                parameter.fallback = parameterGiven(ref, parameter, placed, node);
            }
        }
    }
    if (!click && (has(written, ".command(") || has(written, ".callback(")) && has(written, "app")) {
        givenByCommand(function, node);
    }
}

// sys.argv as a list, where somebody starts the script. 0: nobody is known to.
Ref Trace::argumentList(std::uint32_t node)
{
    std::size_t most = 0;
    for (const auto& start : starts()) {
        most = std::max(most, std::min(start.arguments.size(), maxArguments));
    }
    if (most == 0) {
        return 0;
    }
    const auto list = make(ThingKind::List, node);
    at(list).items.push_back(text(m_file->path, node));
    for (std::size_t i = 0; i < most; ++i) {
        const auto item = argumentAt(i, true, node);
        at(list).items.push_back(item);
    }
    return list;
}

} // namespace cupel::lineage
