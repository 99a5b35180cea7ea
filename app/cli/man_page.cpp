// SPDX-License-Identifier: GPL-3.0-or-later
// The manual page in roff, in the macros of man(7) only.
#include "app/cli/documents.h"

#include "analyzers/report/writers/text_unicode.h"

#include <algorithm>
#include <utility>

namespace cupel::cli {

namespace {

// Text that roff prints as it is: hyphens stay hyphens, a leading dot or quote is no request.
std::string escaped(std::string_view text)
{
    std::string out;
    bool start = true;
    for (const char c : text) {
        if (start && (c == '.' || c == '\'')) {
            out.append("\\&");
        }
        start = c == '\n';
        if (c == '\\') {
            out.append("\\e");
        } else if (c == '-') {
            out.append("\\-");
        } else if (c == '\'') {
            out.append("\\(aq");
        } else {
            out.push_back(c);
        }
    }
    return out;
}

// The same, in lines that an editor shows whole; where they end means nothing to roff.
std::string paragraph(const std::string& text)
{
    std::string out;
    std::size_t start = 0;
    while (start <= text.size()) {
        const std::size_t end = std::min(text.find('\n', start), text.size());
        for (const auto& line : report::wrapped(text.substr(start, end - start), 70)) {
            out += (out.empty() ? "" : "\n") + escaped(line);
        }
        start = end + 1;
    }
    return out;
}

void optionEntry(std::string& out, const OptionDoc& option)
{
    out += ".TP\n";
    std::string head;
    for (const auto& name : option.names) {
        head += head.empty() ? "" : ", ";
        head += option.positional ? "\\fI" + escaped(name) + "\\fR" : "\\fB" + escaped(name) + "\\fR";
    }
    if (!option.value.empty()) {
        head += " \\fI" + escaped(option.value) + "\\fR";
    }
    std::string about = option.about;
    for (std::size_t i = 0; i < option.choices.size(); ++i) {
        about += (i == 0 ? ": " : i + 1 == option.choices.size() ? " or " : ", ") + option.choices[i];
    }
    out += head + "\n" + paragraph(about + ".") + "\n";
}

void examples(std::string& out, const CommandDoc& doc)
{
    for (const auto& [command, what] : doc.examples) {
        out += ".TP\n\\fB" + escaped(command) + "\\fR\n" + escaped(what) + "\n";
    }
}

} // namespace

std::string manPage(const CommandDoc& program, std::string_view version)
{
    std::string out = ".TH CUPEL 1 \"\" \"cupel " + escaped(version) + "\" \"User Commands\"\n"
        + ".SH NAME\ncupel \\- review notebooks, model files, scripts and what lies around them without running "
          "anything\n.SH "
          "SYNOPSIS\n"
          ".B cupel\n.I COMMAND\n.RI [ OPTIONS ]\n.RI [ PATH ...]\n.SH DESCRIPTION\n"
        + paragraph(program.details) + "\n.SH COMMANDS\n";
    for (const auto& command : program.commands) {
        out += ".SS cupel " + escaped(command.name) + "\n" + escaped(command.about) + ".\n";
        for (const auto& option : command.options) {
            optionEntry(out, option);
        }
        if (!command.details.empty()) {
            out += ".PP\n" + paragraph(command.details) + "\n";
        }
    }
    out += ".SH OPTIONS\nThese go with every command.\n";
    for (const auto& option : program.options) {
        optionEntry(out, option);
    }
    out += ".SH EXIT STATUS\n";
    static constexpr std::pair<const char*, const char*> statuses[] = {
        {"0", "Everything asked was looked at and nothing reaches \\-\\-fail\\-on."},
        {"1", "Findings at or above \\-\\-fail\\-on, also when the scan was incomplete."},
        {"2", "Usage or configuration."},
        {"3", "Nothing that can be scanned."},
        {"4", "Incomplete: skipped, cut off, a limit, unreadable; not with \\-\\-allow\\-partial."},
        {"5", "A verification failed."},
        {"70", "An internal error, or results could not be written."},
        {"130", "Interrupted; what was written is valid."},
    };
    for (const auto& [status, meaning] : statuses) {
        out += std::string(".TP\n.B ") + status + "\n" + meaning + "\n";
    }
    out += ".SH ENVIRONMENT\n.TP\n.B NO_COLOR\nNot empty: no colour, unless \\fB\\-\\-color\\fR asks for it.\n"
           ".TP\n.B FORCE_COLOR\nNot empty: colour even when the output is not a terminal.\n"
           ".SH EXAMPLES\n";
    examples(out, program);
    for (const auto& command : program.commands) {
        examples(out, command);
    }
    return out;
}

} // namespace cupel::cli
