// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/engine/scripts_started.h"

#include <algorithm>

namespace cupel::engine {

namespace {

constexpr std::size_t maxStarts = 16; // of one script

} // namespace

std::vector<std::string> ScriptsStarted::take(const std::vector<lineage::LineageGraph>& pieces)
{
    std::map<std::string, std::vector<lineage::ScriptStart>> now;
    for (const auto& piece : pieces) {
        for (const auto& start : piece.starts) {
            auto& known = now[start.script];
            if (known.size() < maxStarts && std::find(known.begin(), known.end(), start) == known.end()) {
                known.push_back(start);
            }
        }
    }
    std::vector<std::string> changed;
    for (const auto& [script, starts] : now) {
        const auto before = m_starts.find(script);
        if (before == m_starts.end() || before->second != starts) {
            changed.push_back(script);
        }
    }
    for (const auto& [script, starts] : m_starts) {
        if (!now.contains(script)) {
            changed.push_back(script);
        }
    }
    std::sort(changed.begin(), changed.end());
    m_starts = std::move(now);
    return changed;
}

std::vector<lineage::FileFinder::Start> ScriptsStarted::starts(const std::string& script) const
{
    std::vector<lineage::FileFinder::Start> out;
    if (const auto hit = m_starts.find(script); hit != m_starts.end()) {
        for (const auto& start : hit->second) {
            out.push_back({start.cwd, start.arguments});
        }
    }
    return out;
}

std::string ScriptsStarted::context(const std::string& script) const
{
    std::string out;
    for (const auto& start : starts(script)) {
        out += '\0' + start.cwd;
        for (const auto& argument : start.arguments) {
            out += '\t' + argument;
        }
    }
    return out;
}

} // namespace cupel::engine
