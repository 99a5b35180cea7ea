// SPDX-License-Identifier: GPL-3.0-or-later
// The syntax tree of one Python cell or script, and its outline. The only user of tree-sitter. Hostile text is normal:
// size cap, deadline, no recursion, no queries. A tree belongs to the thread that made it.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/base/result.h"
#include "analyzers/code/syntax.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::code {

struct ParseLimits {
    std::size_t bytes = 1 << 20;
    std::chrono::milliseconds time{200}; // of the processor
    std::size_t nodes = 1'000'000; // of a flat syntax tree
    std::size_t entries = 10'000; // imports and definitions each; the rest sets Outline::truncated
};

// import a.b as m -> {"a.b", "", "m"}; from .p import q as r -> {".p", "q", "r"}; from p import * -> {"p", "*", ""}.
struct Import {
    std::string module;
    std::string name; // what is taken out of the module, empty for `import module`
    std::string alias; // empty: none
    ByteRange bytes; // of this name in the source
    std::uint32_t line = 1; // 1-based
};

enum class DefinitionKind : std::uint8_t { Function, Class };

struct Definition {
    DefinitionKind kind = DefinitionKind::Function;
    std::string name;
    std::uint32_t depth = 0; // definitions around it
    ByteRange bytes; // of the name
    std::uint32_t line = 1;
};

struct Outline {
    std::vector<Import> imports; // in source order
    std::vector<Definition> definitions;
    std::optional<std::uint64_t> firstError; // byte of the first syntax error
    bool truncated = false; // more entries than ParseLimits::entries
};

class PythonTree {
public:
    // Magics, shell lines and `name?` are no errors: they are blanked first. Fails with TooLarge, LimitHit (the
    // deadline) or Internal. All offsets are those of `source`.
    [[nodiscard]] static Result<PythonTree> parse(std::string_view source, const ParseLimits& limits = {});
    // For text that withoutMagics() made already.
    [[nodiscard]] static Result<PythonTree> parseBlanked(std::string text, const ParseLimits& limits = {});
    ~PythonTree();
    PythonTree(PythonTree&&) noexcept;
    PythonTree& operator=(PythonTree&&) noexcept;

    [[nodiscard]] Outline outline() const;
    [[nodiscard]] Syntax syntax() const;
    // The source with magics blanked; as long as the source.
    [[nodiscard]] const std::string& text() const;

private:
    struct Data;
    explicit PythonTree(std::unique_ptr<Data> data);
    std::unique_ptr<Data> m_data;
};

} // namespace cupel::code
