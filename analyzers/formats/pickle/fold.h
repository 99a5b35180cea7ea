// SPDX-License-Identifier: GPL-3.0-or-later
// What well-known pure calls give back when their arguments are known: texts that are joined, decoded or reversed,
// names that are looked up, and the calls inside of calls (partial, map, methodcaller). Nothing is run; what is not
// known stays a call.
#pragma once

#include "analyzers/formats/pickle/recorder.h"

#include <algorithm>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cupel::formats::pickle {

inline constexpr std::size_t longestFolded = 16'384; // a text that is worth following

inline bool isOneOf(std::string_view word, std::initializer_list<std::string_view> words)
{
    return std::find(words.begin(), words.end(), word) != words.end();
}

class Folder {
public:
    Folder(Heap& heap, Recorder& recorder, ByteView bytes, ByteRange place);

    // Whether calls of this name are worth a look.
    [[nodiscard]] static bool mayFold(std::string_view path);
    // Unknown: the call stays a call.
    [[nodiscard]] Value fold(Value callee, Value arguments);

    std::function<Value(GlobalRequest)> onName; // makes the node of a name

private:
    using Items = std::vector<Value>;
    [[nodiscard]] Value named(std::string_view path, const Items& items);
    [[nodiscard]] Value lookUp(std::string_view path, const Items& items);
    [[nodiscard]] Value coded(std::string_view path, const Items& items);
    [[nodiscard]] Value inner(std::string_view path, const Items& items);
    [[nodiscard]] Value made(Value callee, const Items& items); // the callee is itself a call's result
    [[nodiscard]] Value method(Value object, std::string_view name, const Items& items);
    [[nodiscard]] Value textMethod(Value object, std::string_view name, const Items& items);
    [[nodiscard]] Value attribute(Value object, Value name);
    [[nodiscard]] Value module(Value name, bool topOnly);
    [[nodiscard]] Value dotted(Value name);
    [[nodiscard]] Value item(Value object, Value key);
    [[nodiscard]] Value join(Value separator, Value parts);
    [[nodiscard]] Value recode(Value text, std::string_view codec, bool encode);
    [[nodiscard]] Value text(std::string_view content, bool bytes, std::span<const Value> sources);
    [[nodiscard]] Value call(Value callee, const Items& items);
    [[nodiscard]] std::vector<ByteRange> sourcesOf(Value value) const;
    [[nodiscard]] std::optional<std::string> textOf(Value value) const;
    [[nodiscard]] bool isBytes(Value value) const;

    Heap& m_heap;
    Recorder& m_recorder;
    ByteView m_bytes;
    ByteRange m_place;
    unsigned m_depth = 0;
};

} // namespace cupel::formats::pickle
