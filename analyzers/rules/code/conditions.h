// SPDX-License-Identifier: GPL-3.0-or-later
// Whether the conditions of a row hold for a call, an assignment or a shell command.
#pragma once

#include "analyzers/code/flow.h"
#include "analyzers/code/shell.h"
#include "analyzers/rules/code/code_rows.h"
#include "analyzers/rules/code/versions.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::rules::code {

struct Match {
    bool holds = false;
    const cupel::code::Value* tainted = nullptr; // the value that a taint condition was about
    std::vector<const cupel::code::Argument*> deciders; // arguments that fulfilled a condition
    const cupel::code::Value* parameter = nullptr; // only the parameter of a function: callers decide
};

class Conditions {
public:
    Conditions(cupel::code::Flow& flow, const Versions& versions)
        : m_flow(flow)
        , m_versions(versions)
    {
    }
    [[nodiscard]] Match call(const CodeRow& row, const cupel::code::CallSite& site);
    [[nodiscard]] bool assignment(const CodeRow& row, const cupel::code::Value& value, cupel::code::NodeRef place);

private:
    bool holds(const Condition& condition, const cupel::code::CallSite& site, Match& match);
    bool valueHolds(
        const Condition& condition, const cupel::code::Value& value, cupel::code::NodeRef place, Match& match);
    [[nodiscard]] bool isDynamic(const cupel::code::Value& value) const;
    [[nodiscard]] std::string textOf(const cupel::code::Value& value) const;
    [[nodiscard]] bool within(const Condition& condition, cupel::code::NodeRef place) const;
    [[nodiscard]] bool version(const Condition& condition) const;

    cupel::code::Flow& m_flow;
    const Versions& m_versions;
};

// `commands`: all of one shell text; `index`: the one that is judged.
[[nodiscard]] bool shellHolds(
    const CodeRow& row, const std::vector<cupel::code::ShellCommand>& commands, std::size_t index, bool interpolated);
[[nodiscard]] std::string lowered(std::string_view text);

} // namespace cupel::rules::code
