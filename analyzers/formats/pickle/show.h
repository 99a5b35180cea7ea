// SPDX-License-Identifier: GPL-3.0-or-later
// Values of the machine as Python a person can read: bounded in depth, width and length, with a quote for every piece
// of the file that it repeats.
#pragma once

#include "analyzers/formats/pickle/heap.h"
#include "analyzers/formats/pickle/pickle_facts.h"

#include <optional>
#include <string>

namespace cupel::formats::pickle {

// What one needs to look into a value.
struct Values {
    ByteView bytes;
    const Heap& heap;
    const PickleFacts& facts;

    // The text of a str, or the bytes of bytes; constants and what was put together.
    [[nodiscard]] std::optional<std::string> text(Value value, std::size_t maxBytes = 65'536) const;
    [[nodiscard]] bool isText(Value value) const; // surely a str
    [[nodiscard]] bool isBuilt(Value value) const; // a text or bytes that calls put together
    // The fact of an imported name; -1: something else.
    [[nodiscard]] std::int32_t global(Value value) const;
    // The fact behind a call: of what was called.
    [[nodiscard]] std::int32_t calleeOf(Value value) const;
};

struct ShowLimits {
    std::size_t length = 400; // bytes of the whole, about
    std::size_t textLength = 160; // of one text
    unsigned depth = 4; // containers in containers
    std::size_t width = 12; // elements of one container
};

[[nodiscard]] ShownText show(const Values& values, Value value, const ShowLimits& limits = {});
// Adds `more` at the end of `text`, quotes moved.
void append(ShownText& text, const ShownText& more);
// The dotted path as a program writes it: without "builtins.".
[[nodiscard]] std::string shownPath(const PickleGlobal& global);
// The elements of a tuple; nothing when not all of them are known.
[[nodiscard]] std::optional<std::vector<Value>> tupleItems(const Heap& heap, Value value);

} // namespace cupel::formats::pickle
