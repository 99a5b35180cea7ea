// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/code/conditions.h"
#include "analyzers/rules/code/fetched_files.h"

#include <algorithm>

namespace cupel::rules::code {

namespace {

using cupel::code::Argument;
using cupel::code::CallSite;
using cupel::code::matchesGlob;
using cupel::code::NodeRef;
using cupel::code::ShellCommand;
using cupel::code::Value;
using cupel::code::ValueKind;

constexpr std::size_t maxJoined = 8 << 10;

bool anyGlob(const std::vector<std::string>& globs, std::string_view text)
{
    return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return matchesGlob(text, glob); });
}

bool anyGlobLow(const std::vector<std::string>& globs, std::string_view text)
{
    const auto low = lowered(text);
    return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return matchesGlob(low, glob); });
}

} // namespace

std::string lowered(std::string_view text)
{
    std::string out(text);
    std::transform(out.begin(), out.end(), out.begin(),
        [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return out;
}

Match Conditions::call(const CodeRow& row, const CallSite& site)
{
    Match match;
    match.holds = std::all_of(row.conditions.begin(), row.conditions.end(),
        [&](const Condition& condition) { return holds(condition, site, match) != condition.negated; });
    return match;
}

bool Conditions::assignment(const CodeRow& row, const Value& value, NodeRef place)
{
    Match match;
    return std::all_of(row.conditions.begin(), row.conditions.end(), [&](const Condition& condition) {
        const bool about =
            condition.op == Op::Version ? version(condition) : valueHolds(condition, value, place, match);
        return about != condition.negated;
    });
}

bool Conditions::holds(const Condition& condition, const CallSite& site, Match& match)
{
    if (condition.op == Op::Version) {
        return version(condition);
    }
    if (condition.op == Op::Within) {
        return within(condition, site.place);
    }
    switch (condition.subject) {
    case Subject::Receiver:
        return valueHolds(condition, site.receiver, {}, match);
    case Subject::Any:
        return std::any_of(site.arguments.begin(), site.arguments.end(), [&](const Argument& argument) {
            const bool about = valueHolds(condition, argument.value, argument.valuePlace, match);
            if (about && !condition.negated) {
                match.deciders.push_back(&argument);
            }
            return about;
        });
    case Subject::Argument:
        break;
    case Subject::Assigned:
    case Subject::Shell:
        return false;
    }
    const auto* argument = site.argument(condition.position, condition.name);
    if (!argument) {
        // What **options hold is not known: neither given nor missing counts as sure.
        return site.moreArguments && condition.negated && condition.op != Op::Dynamic && condition.op != Op::Built
            && condition.op != Op::Tainted;
    }
    const bool about = valueHolds(condition, argument->value, argument->valuePlace, match);
    if (about && !condition.negated) {
        match.deciders.push_back(argument);
    }
    return about;
}

bool Conditions::isDynamic(const Value& value) const
{
    if (value.isConstant() || value.harmless) {
        return false;
    }
    if (value.isList()) {
        const auto inside = m_flow.elements(value);
        return std::any_of(inside.begin(), inside.end(), [&](NodeRef element) {
            return !m_flow.valueOf(element).isConstant() && !m_flow.valueOf(element).harmless;
        });
    }
    // sys.executable, os.P_WAIT and the like are as good as constants.
    return true;
}

// The constant parts of a value as one text.
std::string Conditions::textOf(const Value& value) const
{
    if (!value.isList()) {
        return std::string(value.text.substr(0, maxJoined));
    }
    std::string out;
    bool first = true;
    for (const auto element : m_flow.elements(value)) {
        out += first ? "" : " ";
        first = false;
        out += m_flow.valueOf(element).text.substr(0, maxJoined);
        if (out.size() > maxJoined) {
            break;
        }
    }
    return out;
}

bool Conditions::valueHolds(const Condition& condition, const Value& value, NodeRef place, Match& match)
{
    switch (condition.op) {
    case Op::Given:
        return true;
    case Op::Equals:
        return value.isConstant() && std::any_of(condition.words.begin(), condition.words.end(), [&](const auto& w) {
            return w == value.text;
        });
    case Op::Like: {
        const bool text = value.isConstant() || value.kind == ValueKind::Template || value.isList();
        return text && anyGlobLow(condition.words, textOf(value));
    }
    case Op::Dynamic:
        return isDynamic(value);
    case Op::Built:
        return value.kind == ValueKind::Template && !value.harmless;
    case Op::Constant:
        return value.isConstant();
    case Op::Chosen:
        return value.chosen;
    case Op::List:
        return value.isList();
    case Op::Hidden:
        return value.hidden;
    case Op::Tainted: {
        const auto wanted = condition.sources != 0 ? condition.sources : cupel::code::outsideSources;
        if ((value.sources & wanted) != 0) {
            match.tainted = &value;
            return true;
        }
        if ((value.sources & cupel::code::sourceParameter) != 0 && !condition.negated) {
            match.parameter = &value;
        }
        return false;
    }
    case Op::Path:
        return value.path != 0 && anyGlob(condition.words, m_flow.paths().text(value.path));
    case Op::Name:
        return anyGlobLow(condition.words, m_flow.textOf(place))
            || (value.kind == ValueKind::Dictionary && anyGlobLow(condition.words, m_flow.textOf(value.origin)));
    default:
        return false;
    }
}

// The definitions around a place.
bool Conditions::within(const Condition& condition, NodeRef place) const
{
    using cupel::code::NodeField;
    using cupel::code::NodeKind;
    const auto& tree = m_flow.syntax(place.unit);
    const auto matches = [&](std::uint32_t node) {
        return node != cupel::code::Syntax::none && anyGlob(condition.words, m_flow.textOf({place.unit, node}));
    };
    bool outermost = true; // of the functions: the one that is asked about is the nearest
    for (auto at = tree[place.node].parent; at != 0; at = tree[at].parent) {
        const auto kind = tree[at].kind;
        if (kind == NodeKind::FunctionDefinition && outermost) {
            outermost = false;
            if (condition.name == "async") {
                return m_flow.textOf({place.unit, at}).starts_with("async");
            }
            if (condition.name == "def") {
                return matches(tree.child(at, NodeField::Name));
            }
        }
        if (kind == NodeKind::ClassDefinition && condition.name == "class") {
            return matches(tree.child(at, NodeField::Superclasses));
        }
        if (kind == NodeKind::DecoratedDefinition && condition.name == "decorator") {
            for (const auto child : cupel::code::Children(tree, at)) {
                if (tree[child].kind == NodeKind::Decorator && matches(child)) {
                    return true;
                }
            }
        }
    }
    return false;
}

bool Conditions::version(const Condition& condition) const
{
    return versionHolds(m_versions, condition.words.front());
}

namespace {

// The other commands of the pipeline that `index` is in.
bool inPipeline(
    const std::vector<ShellCommand>& commands, std::size_t index, bool later, const std::vector<std::string>& programs)
{
    const auto matches = [&](const ShellCommand& command) { return anyGlob(programs, command.program()); };
    if (later) {
        for (auto i = index + 1; i < commands.size() && i < index + 64; ++i) {
            const auto& next = commands[i];
            if (next.inside == commands[index].inside && next.join != ShellCommand::Join::Pipe) {
                return false;
            }
            if (next.inside == commands[index].inside && matches(next)) {
                return true;
            }
        }
        return false;
    }
    for (auto i = index; i > 0 && i + 64 > index; --i) {
        if (commands[i].inside == commands[index].inside && commands[i].join != ShellCommand::Join::Pipe) {
            return false;
        }
        if (commands[i - 1].inside == commands[index].inside && matches(commands[i - 1])) {
            return true;
        }
    }
    return false;
}

bool shellCondition(
    const Condition& condition, const std::vector<ShellCommand>& commands, std::size_t index, bool interpolated)
{
    const auto& command = commands[index];
    const auto anyWord = [&](const auto& test) {
        return std::any_of(command.words.begin() + static_cast<std::ptrdiff_t>(command.programAt()),
            command.words.end(), [&](const auto& word) { return test(word.text); });
    };
    switch (condition.op) {
    case Op::Has:
        return anyWord([&](const std::string& word) { return anyGlobLow(condition.words, word); })
            || std::any_of(command.assignments.begin(), command.assignments.end(),
                [&](const std::string& word) { return anyGlobLow(condition.words, word); });
    case Op::Option: {
        const auto& letter = condition.words.front();
        return std::any_of(condition.words.begin(), condition.words.end(),
            [&](const std::string& word) { return command.hasOption(letter.size() == 1 ? letter[0] : '\0', word); });
    }
    case Op::Into:
        return inPipeline(commands, index, true, condition.words);
    case Op::After:
        return inPipeline(commands, index, false, condition.words);
    case Op::Redirect:
        return std::any_of(command.redirects.begin(), command.redirects.end(),
            [&](const auto& redirect) { return redirect.op != '<' && anyGlob(condition.words, redirect.target); });
    case Op::Elevated:
        return command.elevated();
    case Op::Fetched:
        return runsFetched(commands, index);
    case Op::RunLater:
        return isRunLater(commands, index);
    case Op::Interpolated:
        return interpolated;
    case Op::Inside:
        return command.inside >= 0
            && anyGlob(condition.words, commands[static_cast<std::size_t>(command.inside)].program());
    default:
        return false;
    }
}

} // namespace

bool shellHolds(const CodeRow& row, const std::vector<ShellCommand>& commands, std::size_t index, bool interpolated)
{
    return std::all_of(row.conditions.begin(), row.conditions.end(), [&](const Condition& condition) {
        return shellCondition(condition, commands, index, interpolated) != condition.negated;
    });
}

} // namespace cupel::rules::code
