// SPDX-License-Identifier: GPL-3.0-or-later
// Words of templates: which names lead into Python, which texts speak to a model.
#pragma once

#include <cstdint>
#include <string_view>

namespace cupel::rules::model {

enum class Reach : std::uint8_t { Nothing, Internal, Everything }; // the second leads to the third
// An attribute by its name.
[[nodiscard]] Reach reachOf(std::string_view name);
[[nodiscard]] bool isModule(std::string_view name); // of Python, as a global name
[[nodiscard]] bool isBuiltin(std::string_view name); // that runs or opens something
[[nodiscard]] bool isRunner(std::string_view name); // a method that starts a program or code
[[nodiscard]] bool isOpenGlobal(std::string_view name); // a global of Jinja whose attributes lead into Python

// Words of a sentence, not of markup.
[[nodiscard]] unsigned sentenceWords(std::string_view text);
[[nodiscard]] bool isPlainWord(std::string_view trigger); // what people write, not a sign of the template
[[nodiscard]] bool isOrder(std::string_view text); // "always", "ignore", "do not" ...
[[nodiscard]] bool isActive(std::string_view text); // scripts and frames for whoever shows the answer
// Offset of the first character that nobody sees; npos: none.
[[nodiscard]] std::size_t invisibleAt(std::string_view text);

} // namespace cupel::rules::model
