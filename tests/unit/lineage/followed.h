// SPDX-License-Identifier: GPL-3.0-or-later
// Code of a test as one file of a workspace, followed.
#pragma once

#include "analyzers/lineage/file_lineage.h"
#include "analyzers/lineage/join.h"
#include "analyzers/lineage/trace.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace cupel::test {

class Workspace : public lineage::FileFinder {
public:
    std::map<std::string, lineage::ParsedFilePtr> files;
    lineage::ParsedFilePtr add(const std::string& path, std::string text)
    {
        Artifact artifact;
        artifact.path = path;
        artifact.bytes = std::make_shared<const std::string>(std::move(text));
        Budget budget;
        return files[path] = lineage::parseFile(std::move(artifact), path, budget);
    }
    [[nodiscard]] lineage::ParsedFilePtr find(const std::string& path) override
    {
        const auto hit = files.find(path);
        return hit == files.end() ? nullptr : hit->second;
    }
    lineage::LineageGraph follow(const std::string& path)
    {
        Budget budget;
        return lineage::followFile(files.at(path), *this, *lineage::ApiRoles::builtIn(), budget);
    }
};

inline lineage::LineageGraph followed(std::string code)
{
    Workspace all;
    all.add("s.py", std::move(code));
    return all.follow("s.py");
}

// The same, with what lies behind trainings and measurements.
inline lineage::LineageGraph joined(std::string code)
{
    Budget budget;
    return lineage::join({followed(std::move(code))}, {}, budget);
}

// Code and execution count of each cell; 0: never run.
inline std::string notebook(const std::vector<std::pair<std::string, int>>& cells)
{
    std::string out;
    for (const auto& [code, count] : cells) {
        std::string source;
        for (const char c : code) {
            source += c == '\n' ? "\\n" : c == '"' ? "\\\"" : std::string(1, c);
        }
        out += (out.empty() ? "" : ", ") + std::string(R"({"cell_type": "code", "metadata": {}, "outputs": [], )")
            + R"("execution_count": )" + (count == 0 ? "null" : std::to_string(count)) + R"(, "source": ")" + source
            + "\"}";
    }
    return R"({"cells": [)" + out + R"(], "metadata": {}, "nbformat": 4, "nbformat_minor": 4})";
}

inline bool reads(const lineage::LineageGraph& graph, const std::string& value)
{
    return std::any_of(
        graph.sources.begin(), graph.sources.end(), [&value](const auto& source) { return source.value == value; });
}

} // namespace cupel::test
