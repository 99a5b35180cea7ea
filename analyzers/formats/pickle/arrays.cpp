// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/arrays.h"

#include "analyzers/formats/pickle/literal.h"
#include "analyzers/formats/pickle/torch_tensors.h"
#include "analyzers/formats/tensor_values.h"

#include <algorithm>
#include <charconv>
#include <span>
#include <utility>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t mostDimensions = 64; // of NumPy

// The state of a wrapper. Python keeps the last value of a key; picklers write each once, as a text.
class State {
public:
    State(const Values& values, Value state)
        : m_values(values)
    {
        const auto* node = values.heap.node(state);
        if (node && node->kind == NodeKind::Dict) {
            m_items = values.heap.items(*node);
            m_odd = m_items.size() < node->total;
        } else {
            m_odd = true;
        }
    }

    [[nodiscard]] Value item(std::string_view key)
    {
        Value found;
        int count = 0;
        for (std::size_t i = 0; i + 1 < m_items.size(); i += 2) {
            if (m_values.text(m_items[i], 64) == key) {
                found = m_values.isText(m_items[i]) ? m_items[i + 1] : found;
                ++count;
            }
        }
        m_odd = m_odd || count > 1;
        return found;
    }
    [[nodiscard]] bool isOdd() const { return m_odd; }

private:
    const Values& m_values;
    std::span<const Value> m_items;
    bool m_odd = false;
};

struct Dtype {
    std::uint64_t size = 0; // bytes of an element; 0: not known
    bool objects = false;
    bool odd = false; // not written as NumPy writes it
    std::string word;
};

// NumPy before 1.17 wrote 0 and 1.
bool isBool(Value value)
{
    return value.tag() == Tag::True || value.tag() == Tag::False
        || (value.tag() == Tag::Int && (value.number() == 0 || value.number() == 1));
}

// dtype("V16") with its state: (version, order, subarray, names, fields, size, alignment, flags).
Dtype dtypeOf(const Values& values, Value dtype)
{
    const auto* node = values.heap.node(dtype);
    const auto callee = values.calleeOf(dtype);
    if (!node || callee < 0 || values.facts.globals[static_cast<std::size_t>(callee)].path() != "numpy.dtype") {
        return {};
    }
    const auto arguments = tupleItems(values.heap, node->arguments);
    const auto text = arguments && !arguments->empty() ? values.text((*arguments)[0], 64) : std::nullopt;
    if (!text) {
        return {};
    }
    Dtype out;
    out.size = itemSize(*text, out.objects);
    const auto kind = std::min(text->find_first_not_of("<>|="), text->size());
    const auto letters = text->substr(kind);
    out.odd = kind > 1 || arguments->size() > 3 || values.isBuilt((*arguments)[0]) || !values.isText((*arguments)[0])
        || !std::all_of(arguments->begin() + 1, arguments->end(), isBool)
        || (out.objects && letters != "O" && letters != "O8" && letters != "O4");
    std::string order = kind > 0 ? text->substr(0, 1) : "<";
    const auto state = tupleItems(values.heap, node->state);
    if (state && state->size() >= 8) {
        constexpr std::int64_t hasObjects = 0x01; // NPY_ITEM_REFCOUNT
        const auto written = (*state)[5];
        const auto flags = (*state)[7];
        out.objects = out.objects || (flags.tag() == Tag::Int && (flags.number() & hasObjects) != 0);
        const bool flexible = letters.find_first_of("VSUa") == 0;
        if (flexible && written.tag() == Tag::Int && written.number() > 0) {
            out.size = static_cast<std::uint64_t>(written.number());
        }
        out.odd = out.odd || written.tag() != Tag::Int
            || (!flexible && written.number() != -1 && static_cast<std::uint64_t>(written.number()) != out.size);
        const auto said = values.text((*state)[1], 8);
        order = said == ">" || said == "|" ? *said : order;
    }
    out.word = text->substr(kind).starts_with('V') ? "structured" : numpyWord(order + text->substr(kind));
    return out;
}

} // namespace

std::uint64_t itemSize(std::string_view dtype, bool& objects)
{
    const auto start = dtype.find_first_not_of("<>|=");
    if (start == std::string_view::npos) {
        return 0;
    }
    const char kind = dtype[start];
    std::uint64_t count = 0;
    const auto digits = dtype.substr(start + 1);
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    objects = objects || kind == 'O';
    if (kind == 'O') {
        return 8;
    }
    if (error != std::errc() || (end != digits.data() + digits.size() && *end != '[') || count > (1ULL << 40)) {
        return 0;
    }
    return kind == 'U' ? 4 * count : std::string_view("biufcmMSVa").find(kind) != std::string_view::npos ? count : 0;
}

std::optional<ArrayBytes> arrayAfter(const Values& values, Value object, std::uint64_t at)
{
    const auto callee = values.calleeOf(object);
    const auto path = callee < 0 ? std::string() : values.facts.globals[static_cast<std::size_t>(callee)].path();
    // scikit-learn before 0.23 has a joblib of its own.
    if (path != "joblib.numpy_pickle.NumpyArrayWrapper"
        && path != "sklearn.externals.joblib.numpy_pickle.NumpyArrayWrapper") {
        return {};
    }
    State state(values, values.heap.node(object)->state);
    const auto written = state.item("shape");
    const auto shape = tupleItems(values.heap, written);
    auto dtype = dtypeOf(values, state.item("dtype"));
    const auto alignment = state.item("numpy_array_alignment_bytes");
    const auto* shapeNode = values.heap.node(written);
    ArrayBytes out;
    out.objects = dtype.objects;
    out.odd = state.isOdd() || dtype.odd || (!dtype.objects && dtype.size == 0) || !shape || !shapeNode
        || shapeNode->kind != NodeKind::Tuple
        || !std::all_of(
            shape->begin(), shape->end(), [](Value one) { return one.tag() == Tag::Int && one.number() >= 0; })
        || (alignment.tag() != Tag::Unknown && alignment.tag() != Tag::Int && alignment.tag() != Tag::None);
    if (out.objects) {
        return out;
    }
    out.unknown = true;
    if (!shape || dtype.size == 0 || shape->size() > mostDimensions) {
        return out;
    }
    auto total = dtype.size;
    for (const auto value : *shape) {
        const auto count = value.tag() == Tag::Int && value.number() >= 0 ? static_cast<std::uint64_t>(value.number())
                                                                          : values.bytes.size() + 1;
        out.shape.push_back(count);
        if (__builtin_mul_overflow(total, count, &total)) {
            return out;
        }
    }
    out.padding = {at, at};
    if (alignment.tag() == Tag::Int && at < values.bytes.size()) {
        out.padding.end += 1 + static_cast<unsigned char>(values.bytes[at]);
    }
    if (out.padding.end > values.bytes.size() || total > values.bytes.size() - out.padding.end) {
        return out;
    }
    out.unknown = false;
    out.bytes = {out.padding.end, out.padding.end + total};
    out.dtype = std::move(dtype.word);
    out.fortran = values.text(state.item("order"), 8) == "F";
    return out;
}

namespace {

Code codeOf(const Values& values, Value literal)
{
    return static_cast<Code>(static_cast<unsigned char>(values.bytes[literal.payload()]));
}

// Protocols before 3 have no bytes: _codecs.encode(text, 'latin1') makes them of a text. Unknown: it is none.
Value encodedText(const Values& values, Value value)
{
    const auto* node = values.heap.node(value);
    auto text = Value();
    if (node && node->kind == NodeKind::ByteText && node->kept > 0) { // a short one, put together already
        text = values.heap.items(*node)[0];
    } else if (node && node->kind == NodeKind::Call) {
        const auto callee = values.calleeOf(value);
        const auto arguments = tupleItems(values.heap, node->arguments);
        const bool encodes = callee >= 0
            && values.facts.globals[static_cast<std::size_t>(callee)].path() == "_codecs.encode" && arguments
            && arguments->size() == 2 && values.text((*arguments)[1], 16) == "latin1";
        text = encodes ? (*arguments)[0] : text;
    }
    const bool written = text.tag() == Tag::Text
        && (codeOf(values, text) == Code::BinUnicode || codeOf(values, text) == Code::ShortBinUnicode
            || codeOf(values, text) == Code::BinUnicode8);
    return written ? text : Value();
}

// Characters of a text in UTF-8 that are all one byte in Latin-1; nothing: some are not.
std::optional<std::uint64_t> latinSize(ByteView text)
{
    std::uint64_t count = 0;
    for (std::size_t at = 0; at < text.size(); ++at, ++count) {
        const auto byte = static_cast<unsigned char>(text[at]);
        if (byte < 0x80) {
            continue;
        }
        if ((byte != 0xC2 && byte != 0xC3) || ++at == text.size()
            || (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80) {
            return {};
        }
    }
    return count;
}

// (shape, dtype, column by column, bytes)
std::optional<ArrayBytes> arrayOf(const Values& values, std::span<const Value> parts)
{
    if (parts.size() != 4) {
        return {};
    }
    const bool literal = parts[3].tag() == Tag::Bytes;
    const auto content = literal ? parts[3] : encodedText(values, parts[3]);
    if (!literal && content.tag() != Tag::Text) {
        return {};
    }
    const auto code = codeOf(values, content);
    const bool plain = !literal || code == Code::ShortBinBytes || code == Code::BinBytes || code == Code::BinBytes8
        || code == Code::ByteArray8;
    const auto shape = tupleItems(values.heap, parts[0]);
    auto dtype = dtypeOf(values, parts[1]);
    if (!plain || !shape || shape->size() > mostDimensions || dtype.objects || dtype.odd || dtype.size == 0) {
        return {};
    }
    ArrayBytes out;
    auto total = dtype.size;
    for (const auto value : *shape) {
        if (value.tag() != Tag::Int || value.number() < 0) {
            return {};
        }
        out.shape.push_back(static_cast<std::uint64_t>(value.number()));
        if (__builtin_mul_overflow(total, out.shape.back(), &total)) {
            return {};
        }
    }
    out.bytes = literalRange(values.bytes, content);
    out.asText = !literal;
    out.itemSize = dtype.size;
    out.dtype = std::move(dtype.word);
    out.fortran = parts[2].tag() == Tag::True || values.text(parts[2], 8) == "F"
        || (parts[2].tag() == Tag::Int && parts[2].number() == 1);
    // A text of which half is characters of two bytes is no longer than twice what it stands for.
    const bool may =
        out.asText ? out.bytes.size() >= total && out.bytes.size() / 2 <= total : out.bytes.size() == total;
    return may ? std::optional(std::move(out)) : std::nullopt;
}

} // namespace

void TorchTensors::array(const Values& values, Value object, const ArrayBytes& array)
{
    const auto* node = values.heap.node(object);
    if (m_paused || !node) {
        return;
    }
    m_joblib = true;
    note(node->at, array, false);
}

void TorchTensors::note(std::uint64_t at, const ArrayBytes& array, bool own)
{
    ++m_tensorCount;
    if (m_tensors.size() >= ModelContent::mostTensors || (!m_tensors.empty() && m_tensors.back().at >= at)) {
        return;
    }
    Tensor tensor{at, -1, array.dtype, array.shape, {}, array.bytes, own, array.asText};
    std::uint64_t step = 1;
    for (const auto extent : array.shape) {
        if (array.fortran && array.shape.size() > 1) {
            tensor.strides.push_back(step);
            step *= extent; // fits: the size of the data does
        }
    }
    m_tensors.push_back(std::move(tensor));
}

// Many arrays may share one text: together they are read a few times at most.
bool TorchTensors::isLatin(const Values& values, const ArrayBytes& array)
{
    constexpr std::uint64_t mostReadings = 4;
    m_textRead += array.bytes.size();
    std::uint64_t total = 1;
    for (const auto extent : array.shape) {
        total *= extent; // fits: the size of its bytes does
    }
    return m_textRead <= mostReadings * values.bytes.size()
        && latinSize(slice(values.bytes, array.bytes)) == std::optional(total * array.itemSize);
}

// What NumPy pickles by itself: its bytes are a literal, unless a protocol before 3 had to write them as a text.
void TorchTensors::ownArray(const Values& values, Value object, std::span<const Value> parts)
{
    const auto* node = values.heap.node(object);
    const auto array = node && !m_paused ? arrayOf(values, parts) : std::nullopt;
    if (array && (!array->asText || isLatin(values, *array))) {
        m_own = true;
        note(node->at, *array, true);
    }
}

} // namespace cupel::formats::pickle
