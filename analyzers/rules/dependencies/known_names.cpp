// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/rules/dependencies/known_names.h"

#include "analyzers/code/requirement.h"

#include <algorithm>
#include <unordered_set>

namespace cupel::rules::dependencies {

namespace {

#include "packages.inc"

template <typename Row>
const Row* findRow(std::span<const Row> rows, std::string_view key, std::string_view Row::* field)
{
    const auto hit = std::lower_bound(rows.begin(), rows.end(), key,
        [field](const Row& row, std::string_view wanted) { return row.*field < wanted; });
    return hit != rows.end() && (*hit).*field == key ? &*hit : nullptr;
}

template <std::size_t N> bool holds(const std::string_view (&names)[N], std::string_view name)
{
    return std::binary_search(std::begin(names), std::end(names), name);
}

// Distributions that give some module.
const std::unordered_set<std::string>& givers()
{
    static const auto names = [] {
        std::unordered_set<std::string> set;
        for (const auto& row : importRows) {
            for (auto& name : distributionsOf(row)) {
                set.insert(std::move(name));
            }
        }
        return set;
    }();
    return names;
}

} // namespace

const ImportRow* findImport(std::string_view module)
{
    while (!module.empty()) {
        if (const auto* row = findRow<ImportRow>(importRows, module, &ImportRow::module)) {
            return row;
        }
        const auto dot = module.rfind('.');
        module = dot == std::string_view::npos ? std::string_view{} : module.substr(0, dot);
    }
    return nullptr;
}

std::vector<std::string> distributionsOf(const ImportRow& row)
{
    std::vector<std::string> names;
    auto rest = row.distributions;
    while (!rest.empty()) {
        const auto end = std::min(rest.find(' '), rest.size());
        auto name = rest.substr(0, end);
        name.remove_prefix(name.starts_with("conda:") ? 6 : 0);
        names.push_back(code::normalName(name));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return names;
}

const CautionRow* findCaution(std::string_view name)
{
    return findRow<CautionRow>(cautionRows, name, &CautionRow::name);
}

bool isStandardModule(std::string_view name)
{
    return holds(standardModules, name);
}

bool isUsuallyThere(std::string_view distribution)
{
    return distribution == "ipython" || distribution == "setuptools";
}

bool isRealName(std::string_view name)
{
    return holds(popularNames, name) || holds(nearNames, name) || givers().contains(std::string(name))
        || findCaution(name) != nullptr;
}

std::span<const std::string_view> popular()
{
    return popularNames;
}

} // namespace cupel::rules::dependencies
