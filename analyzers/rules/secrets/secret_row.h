// SPDX-License-Identifier: GPL-3.0-or-later
// One credential type: a row of resources/rules/secrets/*.json, checked and compiled into the program at build time by
// compile/compile_rows.cpp. All strings live in the program's read-only data.
#pragma once

#include "analyzers/model/finding.h"
#include "analyzers/rules/pooled_text.h"

#include <cstdint>
#include <span>
#include <string_view>

namespace cupel::rules::secrets {

enum class Shape : std::uint8_t { Token, Context, Pattern };
enum class Mode : std::uint8_t {
    Live,
    Test, // of a sandbox
    Public, // made to be seen
    Cursor, // goes on in a list; opens nothing by itself
};

struct SecretTexts {
    [[nodiscard]] static const char* text();
};
using SecretText = PooledText<SecretTexts>;

struct SecretRow {
    SecretText id; // "github-pat"
    SecretText title;
    SecretText provider;
    SecretText revoke; // one sentence, may be empty
    SecretText regex; // PCRE2; the group "secret" is the credential
    SecretText allow; // PCRE2; a secret that matches is none; may be empty
    SecretText checks; // names of truth checks, separated by blanks
    SecretText urls; // separated by blanks
    Severity severity;
    Confidence confidence;
    Shape shape;
    Mode mode;
    bool digits; // must hold a digit and a letter
    bool generic; // keyword assignments: placeholders and references are sorted out more strictly
    bool prose; // after an equals sign in code only what stands in a comment or a string
    bool shellWord; // a word of a command: it ends where the shell ends it
    std::uint8_t rank; // where rows overlap the higher one names the credential
    float entropy; // minimal bits per character, 0: any
    std::uint16_t before; // bytes a match may start before its literal
    std::uint32_t window; // bytes after the literal's start that a match may reach
};

struct Literal {
    SecretText text; // lower case when `anyCase`
    bool anyCase;
    std::uint16_t firstRow; // slice of literalRows()
    std::uint16_t rowCount;
};

[[nodiscard]] std::span<const SecretRow> rows();
[[nodiscard]] std::span<const Literal> literals();
[[nodiscard]] std::span<const std::uint16_t> literalRows();
// The serialised vectorscan database of all literals, compiled for the oldest supported processor.
[[nodiscard]] std::string_view literalDatabase();

} // namespace cupel::rules::secrets
