// SPDX-License-Identifier: GPL-3.0-or-later
// Writes pickles by hand: one opcode a line, its argument behind it. Numbers are decimal, counted arguments stand in
// single quotes with \xHH for any byte, GLOBAL and INST have two words, other lines the rest of the line; RAW takes
// hex.
#pragma once

#include "analyzers/formats/pickle/op_reader.h"

#include <cstdint>
#include <cstdlib>
#include <sstream>
#include <string>

namespace cupel::test {

class Assembler {
public:
    // Empty `problem`: all lines were understood.
    std::string assemble(const std::string& text, std::string& problem)
    {
        m_out.clear();
        std::istringstream lines(text);
        for (std::string line; std::getline(lines, line);) {
            const auto first = line.find_first_not_of(' ');
            if (first == std::string::npos || line[first] == '#') {
                continue;
            }
            line.erase(0, first);
            const auto blank = std::min(line.find(' '), line.size());
            if (!one(line.substr(0, blank), blank < line.size() ? line.substr(blank + 1) : std::string())) {
                problem = line;
                return {};
            }
        }
        return m_out;
    }

private:
    using Argument = formats::pickle::Argument;

    void number(std::uint64_t value, unsigned width)
    {
        for (unsigned i = 0; i < width; ++i) {
            m_out += static_cast<char>(value >> (8 * i));
        }
    }

    static std::string unescaped(const std::string& text)
    {
        std::string out;
        for (std::size_t i = 0; i < text.size(); ++i) {
            if (text[i] == '\\' && i + 3 < text.size() && text[i + 1] == 'x') {
                out += static_cast<char>(std::strtoul(text.substr(i + 2, 2).c_str(), nullptr, 16));
                i += 3;
            } else {
                out += text[i];
            }
        }
        return out;
    }

    bool counted(const std::string& argument, unsigned width)
    {
        if (argument.size() < 2 || argument.front() != '\'' || argument.back() != '\'') {
            return false;
        }
        const auto content = unescaped(argument.substr(1, argument.size() - 2));
        number(content.size(), width);
        m_out += content;
        return true;
    }

    bool one(const std::string& name, const std::string& argument)
    {
        if (name == "RAW") {
            for (std::size_t i = 0; i + 1 < argument.size(); i += 2) {
                m_out += static_cast<char>(std::strtoul(argument.substr(i, 2).c_str(), nullptr, 16));
            }
            return true;
        }
        for (unsigned code = 0; code < 256; ++code) {
            const auto& info = formats::pickle::opcodeInfo(static_cast<std::uint8_t>(code));
            if (!info.name.empty() && info.name == name) {
                m_out += static_cast<char>(code);
                return write(info.argument, argument);
            }
        }
        return false;
    }

    bool write(Argument kind, const std::string& argument)
    {
        const auto value = static_cast<std::uint64_t>(std::strtoll(argument.c_str(), nullptr, 10));
        switch (kind) {
        case Argument::Unknown:
            return false;
        case Argument::None:
            return argument.empty();
        case Argument::Unsigned1:
            return number(value, 1), true;
        case Argument::Unsigned2:
            return number(value, 2), true;
        case Argument::Unsigned4:
        case Argument::Int4:
            return number(value, 4), true;
        case Argument::Unsigned8:
        case Argument::Float8:
            return number(value, 8), true;
        case Argument::Line:
            return m_out += argument + '\n', true;
        case Argument::TwoLines: {
            const auto blank = argument.find(' ');
            m_out += argument.substr(0, blank) + '\n' + argument.substr(blank + 1) + '\n';
            return blank != std::string::npos;
        }
        case Argument::Counted1:
            return counted(argument, 1);
        case Argument::Counted4:
        case Argument::CountedSigned4:
            return counted(argument, 4);
        case Argument::Counted8:
            return counted(argument, 8);
        }
        return false;
    }

    std::string m_out;
};

} // namespace cupel::test
