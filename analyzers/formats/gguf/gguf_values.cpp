// SPDX-License-Identifier: GPL-3.0-or-later
// The pairs of key and value.
#include "analyzers/base/utf8.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/gguf/gguf_reader.h"

#include <algorithm>
#include <bit>

namespace cupel::formats::gguf {

namespace {

constexpr std::uint64_t longestKey = 65'535;
constexpr std::uint64_t mostElements = 1ULL << 30;
constexpr std::uint64_t longestString = 1ULL << 30;
constexpr std::uint64_t mostValues = 100'000; // no model has a thousand
constexpr std::size_t mostRegions = 20'000;
constexpr std::uint64_t mostTemplates = 1'000;
constexpr std::uint64_t mostLayers = 512;
constexpr std::uint64_t mostShards = 10'000;
constexpr std::string_view templateKey = "tokenizer.chat_template";

bool isTemplate(std::string_view key)
{
    return key.starts_with(templateKey);
}

bool isKeyCharacter(char c)
{
    return static_cast<unsigned char>(c) > 0x20 && static_cast<unsigned char>(c) < 0x7F;
}

} // namespace

bool Reader::values(std::uint64_t count)
{
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!m_budget.spend(64) || i >= mostValues) {
            stop(i >= mostValues ? "there are more values than any model has" : "a limit was met", m_cursor.at());
            return false;
        }
        if (!oneValue()) {
            return false;
        }
    }
    return true;
}

bool Reader::keyIsFine(ByteRange key)
{
    const auto name = slice(m_bytes, key);
    const ByteRange place{key.start, std::min(key.end, key.start + 40)};
    if (name.empty() || name.size() > longestKey) {
        flaw("gguf-key", place, name.empty() ? "it is empty" : "it has " + std::to_string(name.size()) + " bytes");
    } else if (!std::all_of(name.begin(), name.end(), isKeyCharacter)) {
        flaw("gguf-key", place, "it has characters that no key has");
    }
    if (!m_names.insert(name).second) {
        flaw("gguf-duplicate", place, "the key \u201c" + toDisplay(name, 80) + "\u201d", {key});
    }
    return name.size() <= longestKey;
}

bool Reader::oneValue()
{
    const auto start = m_cursor.at();
    const auto key = m_cursor.string();
    if (!m_cursor.ok()) {
        flaw("gguf-truncated", {start, std::min<std::uint64_t>(start + 8, m_bytes.size())},
            "a key is longer than the file");
        stop("a key does not fit", start);
        return false;
    }
    keyIsFine(key);
    const auto type = m_cursor.word();
    if (!m_cursor.ok() || !value(key, type)) {
        const auto at = std::min<std::uint64_t>(m_cursor.at(), m_bytes.size());
        if (m_out.status == ReadStatus::Complete) {
            flaw("gguf-truncated", {at, at}, "a value is longer than the file");
            stop("a value does not fit", at);
        }
        return false;
    }
    return true;
}

bool Reader::value(ByteRange key, std::uint32_t type)
{
    if (type == static_cast<std::uint32_t>(ValueType::String)) {
        return string(key);
    }
    if (type == static_cast<std::uint32_t>(ValueType::Array)) {
        return array(key);
    }
    const auto size = sizeOf(type);
    const auto start = m_cursor.at();
    if (size == 0) {
        flaw("gguf-type", {start - 4, start}, "a value has type " + std::to_string(type));
        stop("a value has a type that does not exist", start - 4);
        return false;
    }
    const auto bits = m_cursor.number(size);
    if (m_cursor.ok()) {
        fixedValue(key, type, bits, {start, m_cursor.at()});
    }
    return m_cursor.ok();
}

void Reader::addField(ByteRange key, std::string value, ByteRange place)
{
    if (m_model->metadata.size() < ModelContent::mostFields) {
        m_model->metadata.push_back({toDisplay(slice(m_bytes, key), 200), std::move(value), place});
    }
}

// Beyond a number of regions that no model has, the last one grows over what lies between: nothing is lost.
void Reader::addText(ByteRange key, ByteRange text, bool words)
{
    if (text.empty()) {
        return;
    }
    const auto name = slice(m_bytes, key).substr(0, 200);
    const bool judged = !words && (isTemplate(name) || hasTemplateTags(slice(m_bytes, text)));
    if (m_out.regions.size() >= mostRegions && !judged) {
        m_out.regions.back().bytes.end = std::max(m_out.regions.back().bytes.end, text.end);
        return;
    }
    Region region;
    region.kind = judged ? RegionKind::Template : RegionKind::Metadata;
    region.part = Part::Metadata;
    region.bytes = text;
    region.name = toDisplay(name, 200);
    m_out.regions.push_back(std::move(region));
}

bool Reader::string(ByteRange key)
{
    const auto text = m_cursor.string();
    if (!m_cursor.ok()) {
        return false;
    }
    const ByteRange place{text.start, std::min(text.end, text.start + 16)};
    if (text.size() > longestString) {
        flaw("gguf-string", place, "it has " + std::to_string(text.size()) + " bytes");
    } else if (text.size() < (1 << 20) && !isUtf8(slice(m_bytes, text))) {
        flaw("gguf-string", place, "it is not UTF-8");
    }
    addField(key, toDisplay(slice(m_bytes, text), ModelContent::longestValue), text);
    addText(key, text, false);
    return true;
}

bool Reader::array(ByteRange key)
{
    const auto start = m_cursor.at();
    const auto type = m_cursor.word();
    const auto count = m_cursor.count();
    if (!m_cursor.ok()) {
        return false;
    }
    const ByteRange place{start, m_cursor.at()};
    const auto size = sizeOf(type);
    const bool strings = type == static_cast<std::uint32_t>(ValueType::String);
    if (size == 0 && !strings) {
        flaw("gguf-type", place,
            nameOf(type).empty() ? "an array has elements of type " + std::to_string(type)
                                 : std::string("an array holds arrays"));
        stop("an array has elements that do not exist", start);
        return false;
    }
    if (count > mostElements || count > m_cursor.left() / (strings ? m_cursor.lengthSize() : size)) {
        flaw("gguf-count", place, "an array of " + std::to_string(count) + " elements, more than fit into the file");
        stop("an array does not fit", start);
        return false;
    }
    const auto first = m_cursor.at();
    const bool fine = strings ? stringsOf(key, count) : m_cursor.skip(count * size);
    addField(key, std::to_string(count) + " \u00d7 " + std::string(nameOf(type)), {first, m_cursor.at()});
    return fine;
}

bool Reader::stringsOf(ByteRange key, std::uint64_t count)
{
    const auto start = m_cursor.at();
    const bool judged = isTemplate(slice(m_bytes, key));
    for (std::uint64_t i = 0; i < count && m_cursor.ok(); ++i) {
        const auto text = m_cursor.string();
        if (judged && i < mostTemplates && m_cursor.ok()) {
            addText(key, text, false);
        }
        if (!m_budget.spend(16 + text.size())) {
            stop("a limit was met", m_cursor.at());
            return false;
        }
    }
    if (!judged || count > mostTemplates) {
        addText(key, {start, m_cursor.at()}, true);
    }
    return m_cursor.ok();
}

void Reader::fixedValue(ByteRange key, std::uint32_t type, std::uint64_t bits, ByteRange place)
{
    if (type == static_cast<std::uint32_t>(ValueType::Bool) && bits > 1) {
        flaw("gguf-bool", place, std::to_string(bits));
    }
    known(slice(m_bytes, key), type, bits, place);
    addField(key, shownValue(type, bits), place);
}

// Numbers that readers use without asking.
void Reader::known(std::string_view key, std::uint32_t type, std::uint64_t bits, ByteRange place)
{
    const bool whole =
        type != static_cast<std::uint32_t>(ValueType::F32) && type != static_cast<std::uint32_t>(ValueType::F64);
    if (key == "general.alignment") {
        if (bits == 0 || !std::has_single_bit(bits) || bits % 8 != 0 || bits > (1ULL << 30) || !whole) {
            flaw("gguf-alignment", place, shownValue(type, bits));
            m_sizesKnown = false;
        } else {
            m_alignment = bits;
        }
    } else if (key.ends_with(".block_count") && (bits > mostLayers || !whole)) {
        flaw("gguf-number", place, "block_count is " + shownValue(type, bits));
    } else if ((key == "split.count" || key == "split.no") && (bits > mostShards || !whole)) {
        flaw("gguf-number", place, std::string(key) + " is " + shownValue(type, bits));
    }
}

} // namespace cupel::formats::gguf
