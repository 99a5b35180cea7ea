// SPDX-License-Identifier: GPL-3.0-or-later
// What calls of libraries do with data, as a table: who reads, writes, splits, trains, evaluates. The table is data
// (resources/lineage), rows of the user stand before it. Immutable once made; any thread.
#pragma once

#include "analyzers/base/result.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cupel::lineage {

enum ApiRole : std::uint32_t {
    roleSource = 1U << 0,
    roleSink = 1U << 1,
    roleTransform = 1U << 2,
    roleSplit = 1U << 3,
    roleTrain = 1U << 4,
    roleEvaluate = 1U << 5,
    rolePredict = 1U << 6,
    roleLoadModel = 1U << 7,
    roleSaveModel = 1U << 8,
    roleDeploy = 1U << 9,
    roleVisualise = 1U << 10,
    roleRemote = 1U << 11,
    roleIndex = 1U << 12,
    roleModel = 1U << 13,
    roleConfig = 1U << 14,
    roleRun = 1U << 15,
    roleGenerate = 1U << 16,
    roleInspect = 1U << 17,
    roleUnsafeLoad = 1U << 18,
    roleRegister = 1U << 19, // puts a model into a registry
};

// One argument of a call.
struct ApiArgument {
    std::int32_t position = -1; // of those without a name; -1: only by name
    std::string_view name; // may be empty
    bool self = false; // the receiver
    bool making = false; // what the receiver was made with
    bool all = false; // every one
};

struct ApiRow {
    std::string_view callee; // canonical: "pandas.DataFrame.to_csv"
    std::string_view kind; // "function", "method", "constructor", "attribute", "decorator", "pattern" ...
    std::uint32_t roles = 0; // ApiRole
    std::vector<ApiArgument> locators;
    std::string_view locatorKind; // "path", "hub id/dir", "sql+connection" ...; "-": none
    std::vector<ApiArgument> data;
    std::vector<ApiArgument> labels;
    std::string_view returns; // a type; "self"; "-": nothing is known
    std::string_view mutates; // "self", "self if inplace" ...

    [[nodiscard]] bool is(std::uint32_t role) const { return (roles & role) != 0; }
};

class ApiRoles {
public:
    // The table of the program; made when first asked for.
    [[nodiscard]] static std::shared_ptr<const ApiRoles> builtIn();
    // `text`: rows as in api-roles.tsv, the notes column of longer tables is passed over. Fails with the line.
    [[nodiscard]] static Result<std::shared_ptr<const ApiRoles>> withRows(std::string text);

    // Aliases of modules undone: "tensorflow.keras.models.load_model" -> "keras.models.load_model".
    [[nodiscard]] std::string canonical(std::string_view dotted) const;
    // Null: no row. `callee` is canonical.
    [[nodiscard]] const ApiRow* function(std::string_view callee) const;
    // A method of an object of this type, through the types it is looked up in.
    [[nodiscard]] const ApiRow* method(std::string_view type, std::string_view name) const;
    // A method of an object nobody knows the type of: "*.to_csv".
    [[nodiscard]] const ApiRow* anyMethod(std::string_view name) const;
    // A shell program or magic: "!wget", "%run".
    [[nodiscard]] const ApiRow* command(std::string_view name) const { return exact(name); }
    // What `returns` says, as a canonical type; empty when it says none.
    [[nodiscard]] std::string_view type(std::string_view returns) const;
    [[nodiscard]] bool isA(std::string_view type, std::string_view base) const;
    // Whether rows exist for something below this module: "pandas", "sklearn.metrics".
    [[nodiscard]] bool knowsLibrary(std::string_view module) const;
    // Whether lists of packages have this module, or a row exists for something below it.
    [[nodiscard]] bool knowsPackage(std::string_view module) const;
    // Whether it is a module of Python itself.
    [[nodiscard]] static bool isStandard(std::string_view module);

private:
    ApiRoles() = default;
    [[nodiscard]] Status add(std::string_view line, bool first);
    void addTypes(std::string_view line);
    [[nodiscard]] const ApiRow* exact(std::string_view callee) const;
    [[nodiscard]] const ApiRow* pattern(std::string_view callee) const;

    struct Bases {
        std::string_view glob;
        std::vector<std::string_view> types;
    };
    std::string m_text; // of the user's rows
    std::vector<std::unique_ptr<ApiRow>> m_rows;
    std::unordered_map<std::string_view, const ApiRow*> m_exact;
    std::vector<const ApiRow*> m_patterns;
    std::vector<std::pair<std::string_view, std::string_view>> m_aliases; // prefixes with the dot
    std::vector<Bases> m_bases;
    std::unordered_map<std::string_view, std::string_view> m_shortTypes;
    std::unordered_map<std::string_view, bool> m_libraries;
};

} // namespace cupel::lineage
