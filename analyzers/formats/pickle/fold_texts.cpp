// SPDX-License-Identifier: GPL-3.0-or-later
// Texts out of texts: joined, decoded, replaced.
#include "analyzers/base/encodings.h"
#include "analyzers/formats/pickle/fold.h"

#include <algorithm>

namespace cupel::formats::pickle {

namespace {

std::string codecName(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (c != '-' && c != '_' && c != ' ') {
            out += c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
        }
    }
    return out.ends_with("codec") ? out.substr(0, out.size() - 5) : out;
}

std::string rot13(std::string text)
{
    for (char& c : text) {
        const char low = static_cast<char>(c | 0x20);
        if (low >= 'a' && low <= 'z') {
            c = static_cast<char>(c + (low < 'n' ? 13 : -13));
        }
    }
    return text;
}

std::string mapped(std::string text, char from, char to, int shift)
{
    for (char& c : text) {
        c = c >= from && c <= to ? static_cast<char>(c + shift) : c;
    }
    return text;
}

} // namespace

// Remembers the literals it came from: they decide whether it may be shown.
Value Folder::text(std::string_view content, bool bytes, std::span<const Value> sources)
{
    if (content.size() > longestFolded) {
        return {};
    }
    const auto made = m_heap.makeText(content, bytes, m_place.start);
    std::vector<Value> literals;
    for (const auto source : sources) {
        const auto* node = m_heap.node(source);
        if (!node) {
            literals.push_back(source);
            continue;
        }
        const auto items = m_heap.items(*node);
        literals.insert(literals.end(), items.begin(), items.end());
    }
    std::erase_if(literals, [](Value value) { return value.isNode(); });
    literals.resize(std::min<std::size_t>(literals.size(), 32));
    m_heap.append(made, literals);
    return made;
}

Value Folder::textMethod(Value object, std::string_view name, const Items& items)
{
    const auto content = textOf(object);
    if (!content) {
        return {};
    }
    Items sources{object};
    sources.insert(sources.end(), items.begin(), items.end());
    const bool bytes = isBytes(object);
    if (name == "join" && items.size() == 1) {
        return join(object, items[0]);
    }
    if (isOneOf(name, {"encode", "decode"})) {
        const auto codec = items.empty() ? std::string("utf-8") : textOf(items[0]).value_or("?");
        return recode(object, codec, name == "encode");
    }
    if (name == "lower") {
        return text(mapped(*content, 'A', 'Z', 32), bytes, sources);
    }
    if (name == "upper") {
        return text(mapped(*content, 'a', 'z', -32), bytes, sources);
    }
    if (isOneOf(name, {"strip", "lstrip", "rstrip"})) {
        const auto chars = items.empty() ? std::string(" \t\r\n") : textOf(items[0]).value_or("");
        const auto first = name == "rstrip" ? 0 : content->find_first_not_of(chars);
        const auto last = name == "lstrip" ? content->size() : content->find_last_not_of(chars) + 1;
        return text(
            first == std::string::npos || last <= first ? "" : content->substr(first, last - first), bytes, sources);
    }
    const auto second = items.empty() ? std::nullopt : textOf(items[0]);
    if (name == "__add__" && second) {
        return text(*content + *second, bytes, sources);
    }
    const auto third = items.size() < 2 ? std::nullopt : textOf(items[1]);
    if (name == "replace" && second && third && !second->empty()) {
        std::string out;
        std::size_t from = 0;
        for (auto at = content->find(*second); at != std::string::npos && out.size() <= longestFolded;
            at = content->find(*second, from)) {
            out.append(*content, from, at - from).append(*third);
            from = at + second->size();
        }
        return text(out.append(*content, from, std::string::npos), bytes, sources);
    }
    return {};
}

Value Folder::join(Value separator, Value parts)
{
    const auto glue = textOf(separator);
    const auto* list = m_heap.node(parts);
    if (!glue || !list) {
        return {};
    }
    if (const auto letters = textOf(parts); letters) { // a text is joined letter by letter
        return glue->empty() ? text(*letters, isBytes(parts), std::span(&parts, 1)) : Value();
    }
    if (list->kind > NodeKind::List || list->kept != list->total) {
        return {};
    }
    std::string out;
    const auto items = m_heap.items(*list);
    for (std::size_t i = 0; i < items.size(); ++i) {
        const auto part = textOf(items[i]);
        if (!part || out.size() > longestFolded) {
            return {};
        }
        (out += i == 0 ? "" : *glue) += *part;
    }
    const std::vector<Value> sources(items.begin(), items.end());
    return text(out, isBytes(separator), sources);
}

Value Folder::recode(Value value, std::string_view codec, bool encode)
{
    const auto content = textOf(value);
    if (!content) {
        return {};
    }
    const auto name = codecName(codec);
    const std::span<const Value> sources(&value, 1);
    if (name == "rot13") {
        return text(rot13(*content), false, sources);
    }
    if (isOneOf(name, {"utf8", "ascii", "latin1", "utf", "iso88591", "usascii"})) {
        // Megabytes of array data pass here in protocol 2.
        const bool plain = std::all_of(content->begin(), content->end(), [](char c) { return c >= 0; });
        return plain && content->size() <= 1'024 ? text(*content, encode, sources) : Value();
    }
    if (encode) {
        return {};
    }
    std::optional<std::string> decoded;
    Budget budget;
    if (isOneOf(name, {"base64"})) {
        decoded = decodeBase64(*content);
    } else if (isOneOf(name, {"hex"})) {
        decoded = decodeHex(*content);
    } else if (isOneOf(name, {"zlib", "zip"})) {
        decoded = inflate(*content, longestFolded, budget);
    }
    return decoded ? text(*decoded, true, sources) : Value();
}

} // namespace cupel::formats::pickle
