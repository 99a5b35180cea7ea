// SPDX-License-Identifier: GPL-3.0-or-later
// Package managers other than pip: conda, apt, npm, docker, git, and tools that fetch and run.
#include "analyzers/code/install_parts.h"

namespace cupel::code {

using Kind = InstallOption::Kind;

std::size_t ToolCall::behindOptions(std::size_t index) const
{
    while (index < words().size() && isOption(words()[index])) {
        ++index;
    }
    return index;
}

ByteRange ToolCall::pair(std::size_t index) const
{
    const auto last = std::min(index + 1, words().size() - 1);
    return {words()[std::min(index, last)].bytes.start, words()[last].bytes.end};
}

InstallCommand& ToolCall::make(InstallTool tool) const
{
    InstallCommand command;
    command.tool = tool;
    command.bytes = shell.bytes;
    context.out.push_back(std::move(command));
    return context.out.back();
}

void readOne(const ToolCall& call, InstallTool tool, std::size_t at)
{
    const auto& words = call.words();
    while (at < words.size() && isOption(words[at])) {
        const bool named = isOneOf(words[at].text, {"--from", "--package", "-p", "--spec"});
        ++at;
        if (named) {
            break; // what follows is the package, and behind it stands the program
        }
    }
    if (at >= words.size()) {
        return;
    }
    auto& command = call.make(tool);
    if (tool == InstallTool::Npx || words[at].text.find('@') != std::string::npos) {
        addVersioned(command, words[at], '@', call.context);
    } else {
        addItem(command, words[at], call.context);
    }
}

void readConda(const ToolCall& call)
{
    const auto& words = call.words();
    auto at = call.at + 1;
    const auto verb = call.text(at);
    if (verb == "config") {
        for (auto i = at + 1; i + 1 < words.size(); ++i) {
            if (isOneOf(words[i].text, {"channels", "default_channels", "channel_alias"})) {
                call.make(InstallTool::Conda).options.push_back({Kind::Channel, words[i + 1].text, call.pair(i)});
            }
            if (words[i].text == "ssl_verify" && isOneOf(words[i + 1].text, {"false", "False", "no"})) {
                call.make(InstallTool::Conda).options.push_back({Kind::NoVerify, {}, call.pair(i)});
            }
        }
        return;
    }
    if (!isOneOf(verb, {"install", "create", "update"})) {
        return;
    }
    auto& command = call.make(InstallTool::Conda);
    for (++at; at < words.size(); ++at) {
        const auto& word = words[at];
        if (!isOption(word)) {
            addVersioned(command, word, '=', call.context);
        } else if (isOneOf(word.text, {"-c", "--channel", "--file", "-f"}) && at + 1 < words.size()) {
            const auto kind =
                word.text.find('c') == 1 || word.text == "--channel" ? Kind::Channel : Kind::RequirementFile;
            command.options.push_back({kind, words[at + 1].text, call.pair(at)});
            ++at;
        } else if (word.text.starts_with("--channel=")) {
            command.options.push_back({Kind::Channel, word.text.substr(10), word.bytes});
        } else if (isOneOf(word.text, {"-n", "--name", "-p", "--prefix", "--solver"})) {
            ++at;
        } else if (isOneOf(word.text, {"-k", "--insecure"})) {
            command.options.push_back({Kind::NoVerify, {}, word.bytes});
        }
    }
}

void readSystem(const ToolCall& call, std::string_view verb)
{
    const auto& words = call.words();
    const auto at = call.behindOptions(call.at + 1);
    if (call.text(at) != verb) {
        return;
    }
    auto& command = call.make(InstallTool::System);
    for (auto i = call.at + 1; i < words.size(); ++i) {
        const auto& word = words[i];
        if (isOneOf(word.text,
                {"--allow-unauthenticated", "--force-yes", "--no-gpg-check", "--nogpgcheck", "--allow-untrusted"})) {
            command.options.push_back({Kind::NoVerify, {}, word.bytes});
        } else if (i > at && !isOption(word)) {
            addVersioned(command, word, '=', call.context);
        } else if (isOneOf(word.text, {"-o", "-t"})) {
            ++i;
        }
    }
}

void readNpm(const ToolCall& call)
{
    const auto& words = call.words();
    auto at = call.at + 1;
    if (call.text(at) == "config" && call.text(at + 1) == "set" && call.text(at + 2).starts_with("strict-ssl")) {
        call.make(InstallTool::Npm).options.push_back({Kind::NoVerify, {}, words[at + 2].bytes});
        return;
    }
    if (call.text(at) == "global") {
        ++at;
    }
    if (!isOneOf(call.text(at), {"install", "i", "add"})) {
        return;
    }
    auto& command = call.make(InstallTool::Npm);
    for (++at; at < words.size(); ++at) {
        const auto& word = words[at];
        if (word.text == "--registry" && at + 1 < words.size()) {
            command.options.push_back({Kind::Index, words[at + 1].text, call.pair(at)});
            ++at;
        } else if (word.text.starts_with("--registry=")) {
            command.options.push_back({Kind::Index, word.text.substr(11), word.bytes});
        } else if (!isOption(word)) {
            addVersioned(command, word, '@', call.context);
        }
    }
}

void readDocker(const ToolCall& call)
{
    const auto& words = call.words();
    auto at = call.at + 1;
    const auto verb = call.text(at);
    if (verb == "compose" || !isOneOf(verb, {"pull", "run", "create"})) {
        return;
    }
    for (++at; at < words.size() && isOption(words[at]); ++at) {
        const auto& option = words[at].text;
        // Options with the value as a word of its own; flags are few.
        const bool flag = option.find('=') != std::string::npos
            || isOneOf(option,
                {"-d", "-i", "-t", "-it", "-ti", "-dit", "-itd", "--rm", "--privileged", "--detach", "--interactive",
                    "--tty", "--init", "--read-only", "-q", "--quiet", "-a", "--all-tags", "-P"});
        at += flag ? 0 : 1;
    }
    if (at < words.size()) {
        addVersioned(call.make(InstallTool::Docker), words[at], ':', call.context);
    }
}

void readGit(const ToolCall& call)
{
    const auto& words = call.words();
    auto at = call.at + 1;
    bool unverified = false;
    ByteRange option;
    while (at < words.size() && isOption(words[at])) {
        if (words[at].text == "-c" && call.text(at + 1) == "http.sslVerify=false") {
            unverified = true;
            option = words[at + 1].bytes;
        }
        at += isOneOf(words[at].text, {"-c", "-C"}) ? 2 : 1;
    }
    if (call.text(at) != "clone") {
        return;
    }
    auto& command = call.make(InstallTool::Git);
    if (unverified) {
        command.options.push_back({Kind::NoVerify, {}, option});
    }
    InstallItem item;
    for (++at; at < words.size(); ++at) {
        const auto& word = words[at];
        if (isOneOf(word.text, {"-b", "--branch"}) && at + 1 < words.size()) {
            item.requirement.reference = words[++at].text;
        } else if (isOneOf(word.text, {"--depth", "-o", "--origin", "-j", "--jobs", "--filter", "--reference"})) {
            ++at;
        } else if (!isOption(word)) {
            if (word.text.find_first_of(":${") == std::string_view::npos) {
                break; // a folder beside the notebook: nothing comes from elsewhere
            }
            const auto reference = std::move(item.requirement.reference);
            item.requirement = readRequirement("git+" + word.text);
            item.requirement.reference = reference;
            item.requirement.url = word.text;
            item.bytes = word.bytes;
            command.items.push_back(std::move(item));
            return;
        }
    }
    call.context.out.pop_back();
}

} // namespace cupel::code
