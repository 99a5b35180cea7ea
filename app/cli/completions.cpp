// SPDX-License-Identifier: GPL-3.0-or-later
// Completions for bash, zsh and fish. What is completed comes from the tree alone; the scripts run nothing but
// `cupel rules` when the id of a rule is wanted.
#include "app/cli/documents.h"

#include <algorithm>

namespace cupel::cli {

namespace {

std::string joined(const std::vector<std::string>& words, std::string_view separator)
{
    std::string out;
    for (const auto& word : words) {
        out.append(out.empty() ? "" : separator).append(word);
    }
    return out;
}

// Inside single quotes of a POSIX-like shell.
std::string quoted(const std::string& text)
{
    std::string out;
    for (const char c : text) {
        c == '\'' ? out.append("'\\''") : out.append(1, c);
    }
    return out;
}

const OptionDoc* positional(const CommandDoc& command)
{
    for (const auto& option : command.options) {
        if (option.positional) {
            return &option;
        }
    }
    return nullptr;
}

std::vector<std::string> optionNames(const CommandDoc& command)
{
    std::vector<std::string> names;
    for (const auto& option : command.options) {
        if (!option.positional) {
            names.insert(names.end(), option.names.begin(), option.names.end());
        }
    }
    return names;
}

// "-o FORMAT=FILE" has two halves to complete.
bool isFormatFile(const OptionDoc& option)
{
    return option.value == "FORMAT=FILE";
}

std::vector<std::string> outputFormats(const CommandDoc& command)
{
    for (const auto& option : command.options) {
        if (option.value == "FORMAT") {
            return option.choices;
        }
    }
    return {};
}

void bashValues(std::string& out, const CommandDoc& command, const std::string& prefix)
{
    for (const auto& option : command.options) {
        if (option.positional || option.value.empty()) {
            continue;
        }
        std::vector<std::string> patterns;
        for (const auto& name : option.names) {
            patterns.push_back(prefix + name);
        }
        out += "        " + joined(patterns, "|") + ")\n";
        if (isFormatFile(option)) {
            out += "            COMPREPLY=($(compgen -S = -W '" + joined(outputFormats(command), " ")
                + "' -- \"$cur\")); compopt -o nospace\n";
        } else if (!option.choices.empty()) {
            out += "            COMPREPLY=($(compgen -W '" + joined(option.choices, " ") + "' -- \"$cur\"))\n";
        } else if (option.file) {
            out += "            compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))\n";
        } else {
            out += "            COMPREPLY=()\n";
        }
        out += "            return ;;\n";
    }
}

std::string zshSpec(const OptionDoc& option, const CommandDoc& command)
{
    std::string about = option.about;
    for (const char special : {'[', ']', ':'}) {
        std::replace(about.begin(), about.end(), special, special == ':' ? ',' : ' ');
    }
    std::string action;
    if (!option.value.empty()) {
        action = ":" + option.value + ":";
        if (isFormatFile(option)) {
            action += "(" + joined(outputFormats(command), "= ") + "=)";
        } else if (!option.choices.empty()) {
            action += "(" + joined(option.choices, " ") + ")";
        } else if (option.file) {
            action += "_files";
        }
    }
    std::string out;
    for (const auto& name : option.names) {
        out += " \\\n                '" + std::string(option.repeatable ? "*" : "")
            + quoted(name + "[" + about + "]" + action) + "'";
    }
    return out;
}

std::string zshPositional(const CommandDoc& command)
{
    const OptionDoc* option = positional(command);
    if (!option) {
        return {};
    }
    std::string out = " \\\n                '*:" + option->names.front() + ":";
    if (!option->choices.empty()) {
        out += "(" + joined(option->choices, " ") + ")";
    } else if (option->file) {
        out += "_files";
    } else if (option->names.front() == "RULE") {
        out += "_cupel_rules";
    }
    return out + "'";
}

} // namespace

std::string bashCompletions(const CommandDoc& program)
{
    std::vector<std::string> commands;
    for (const auto& command : program.commands) {
        commands.push_back(command.name);
    }
    std::string out = "# bash completion for cupel, made by 'cupel completions bash'\n"
                      "_cupel() {\n"
                      "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} command= word\n"
                      "    COMPREPLY=()\n"
                      "    for word in \"${COMP_WORDS[@]:1:COMP_CWORD-1}\"; do\n"
                      "        case $word in "
        + joined(commands, "|")
        + ") command=$word; break ;; esac\n"
          "    done\n"
          "    case $command,$prev in\n";
    bashValues(out, program, "*,");
    for (const auto& command : program.commands) {
        bashValues(out, command, command.name + ",");
    }
    out += "    esac\n"
           "    case $command in\n"
           "        '') COMPREPLY=($(compgen -W '"
        + joined(commands, " ") + " " + joined(optionNames(program), " ") + "' -- \"$cur\")) ;;\n";
    for (const auto& command : program.commands) {
        const OptionDoc* words = positional(command);
        out += "        " + command.name
            + ")\n            if [[ $cur == -* ]]; then\n                COMPREPLY=($(compgen -W '"
            + joined(optionNames(command), " ") + " " + joined(optionNames(program), " ") + "' -- \"$cur\"))\n";
        if (words && !words->choices.empty()) {
            out += "            else\n                COMPREPLY=($(compgen -W '" + joined(words->choices, " ")
                + "' -- \"$cur\"))\n";
        } else if (words && words->file) {
            out += "            else\n                compopt -o filenames; COMPREPLY=($(compgen -f -- \"$cur\"))\n";
        } else if (words && words->names.front() == "RULE") {
            out += "            else\n                COMPREPLY=($(compgen -W \"$(cupel rules -q 2>/dev/null)\" -- "
                   "\"$cur\"))\n";
        }
        out += "            fi ;;\n";
    }
    return out + "    esac\n}\ncomplete -F _cupel cupel\n";
}

std::string zshCompletions(const CommandDoc& program)
{
    std::string out = "#compdef cupel\n# zsh completion for cupel, made by 'cupel completions zsh'\n"
                      "_cupel_rules() {\n    local -a rules\n    rules=(${(f)\"$(cupel rules -q 2>/dev/null)\"})\n"
                      "    compadd -a rules\n}\n"
                      "_cupel() {\n    local -a commands\n    local context state state_descr line\n"
                      "    typeset -A opt_args\n    commands=(\n";
    for (const auto& command : program.commands) {
        out += "        '" + quoted(command.name + ":" + command.about) + "'\n";
    }
    out += "    )\n    _arguments -C";
    std::string global;
    for (const auto& option : program.options) {
        global += zshSpec(option, program);
    }
    out += global
        + " \\\n                '1: :->command' '*:: :->arguments'\n"
          "    case $state in\n        command) _describe command commands ;;\n        arguments)\n"
          "            case $words[1] in\n";
    for (const auto& command : program.commands) {
        out += "            " + command.name + ") _arguments";
        for (const auto& option : command.options) {
            if (!option.positional) {
                out += zshSpec(option, command);
            }
        }
        out += global + zshPositional(command) + " ;;\n";
    }
    return out
        + "            esac ;;\n    esac\n}\n"
          "if [ \"$funcstack[1]\" = _cupel ]; then _cupel \"$@\"; else compdef _cupel cupel; fi\n";
}

std::string fishCompletions(const CommandDoc& program)
{
    std::string out = "# fish completion for cupel, made by 'cupel completions fish'\ncomplete -c cupel -f\n";
    const auto escaped = [](const std::string& text) {
        std::string safe;
        for (const char c : text) {
            c == '\'' || c == '\\' ? safe.append({'\\', c}) : safe.append(1, c);
        }
        return safe;
    };
    const auto add = [&](const OptionDoc& option, const CommandDoc& command, const std::string& condition) {
        out += "complete -c cupel" + condition;
        for (const auto& name : option.names) {
            out += name.starts_with("--") ? " -l " + name.substr(2) : " -s " + name.substr(1);
        }
        if (!option.value.empty()) {
            const bool both = isFormatFile(option);
            const std::string values = both ? joined(outputFormats(command), "= ") + "=" : joined(option.choices, " ");
            out += option.file && !both ? " -r -F" : " -x";
            out += values.empty() ? "" : " -a '" + values + "'";
        }
        out += " -d '" + escaped(option.about) + "'\n";
    };
    for (const auto& option : program.options) {
        add(option, program, "");
    }
    for (const auto& command : program.commands) {
        out +=
            "complete -c cupel -n __fish_use_subcommand -a " + command.name + " -d '" + escaped(command.about) + "'\n";
        const std::string condition = " -n '__fish_seen_subcommand_from " + command.name + "'";
        for (const auto& option : command.options) {
            if (!option.positional) {
                add(option, command, condition);
            } else if (!option.choices.empty()) {
                out += "complete -c cupel" + condition + " -a '" + joined(option.choices, " ") + "'\n";
            } else if (option.file) {
                out += "complete -c cupel" + condition + " -F\n";
            } else if (option.names.front() == "RULE") {
                out += "complete -c cupel" + condition + " -a '(cupel rules -q 2>/dev/null)'\n";
            }
        }
    }
    return out;
}

} // namespace cupel::cli
