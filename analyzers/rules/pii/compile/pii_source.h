// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of resources/rules/pii as read and checked by the build-time tool.
#pragma once

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cupel::rules::pii {

struct RowSource {
    std::string id;
    std::string title;
    std::string country;
    std::string shapes;
    std::string checks;
    std::string loose;
    std::string headers;
    std::string exclude;
    std::string cells;
    std::string severity; // as an enumerator
    std::string confidence;
    std::string need;
    std::string kind;
    bool exactCase = false;
    unsigned rank = 0;
    std::vector<std::string> words; // all spellings
};

struct DataSetSource {
    std::string name;
    std::string columns;
    unsigned enough = 0;
};

struct Source {
    std::vector<RowSource> rows; // by id
    std::map<std::string, std::set<std::size_t>> words; // spelling -> rows
    std::vector<DataSetSource> dataSets;
};

[[noreturn]] void fail(const std::string& message);
[[nodiscard]] std::set<std::string> readValidatorNames(const std::string& path);
[[nodiscard]] Source readSource(const std::vector<std::string>& files, const std::set<std::string>& validators);

} // namespace cupel::rules::pii
