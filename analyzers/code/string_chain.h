// SPDX-License-Identifier: GPL-3.0-or-later
// What string folding collects while it goes through an expression, and the constants it knows by name. Part of
// string_folding.cpp alone.
#pragma once

#include "analyzers/base/bytes.h"
#include "analyzers/code/string_folding.h"

#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <vector>

namespace cupel::code {

inline constexpr std::size_t maxValue = 64 << 10; // bytes of a constant that is kept by name, or put together
inline constexpr std::size_t maxOrigins = 256; // literals that one constant or expression is made of
inline constexpr std::size_t maxName = 4'096; // bytes of a name; nobody writes a longer one

struct Piece {
    std::string value;
    ByteRange source; // the literal, or the name that stands for it
    std::vector<ByteRange> origins; // literals of a named constant
};

struct Chain {
    std::vector<Piece> pieces;
    std::size_t bytes = 0; // of all values
    std::size_t origins = 0; // of all pieces
    bool changed = false; // differs from what stands in the source
    bool parted = false; // its beginning was given already; no constant is made of the rest
    [[nodiscard]] bool empty() const { return pieces.empty(); }
    void add(Piece piece);
    // Drops what was given out, but for a tail: a credential across the seam is whole in the next part.
    void part();
};

struct Constant {
    std::string value;
    std::vector<ByteRange> origins;
};

class Constants {
public:
    // `earlier`: names bound in the pieces of a long text before this one; null: there are none.
    explicit Constants(FoldedNames* earlier)
        : m_earlier(earlier)
    {
    }
    // Null: not known. That is a loss when the name is bound to a constant that was not kept, see `missed`.
    [[nodiscard]] const Constant* find(std::string_view name) const;
    void store(const std::string& name, const Chain& chain);
    [[nodiscard]] bool missed() const { return m_missed; } // a constant was used that is too large, or far above
    // Replaces {name} of known constants; anything else in braces stays as it is. True: something was replaced.
    // `cut` becomes true when the text would grow too much.
    bool interpolate(Piece& piece, bool& cut) const;
    void rememberNames() const; // for the next piece

private:
    std::map<std::string, Constant, std::less<>> m_constants;
    std::set<std::string, std::less<>> m_tooLarge;
    FoldedNames* m_earlier;
    mutable bool m_missed = false;
};

// One line for a chain: `name = "value"`.
void writeChain(FoldedText& out, std::string_view target, const Chain& chain);

} // namespace cupel::code
