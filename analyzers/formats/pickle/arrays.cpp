// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/arrays.h"

#include "analyzers/formats/pickle/torch_tensors.h"
#include "analyzers/formats/tensor_values.h"

#include <algorithm>
#include <charconv>
#include <utility>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t mostDimensions = 64; // of NumPy

// The value of a key in the state of an object.
Value stateItem(const Values& values, Value state, std::string_view key)
{
    const auto* node = values.heap.node(state);
    if (!node || node->kind != NodeKind::Dict) {
        return {};
    }
    const auto items = values.heap.items(*node);
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        if (values.text(items[i], 64) == key) {
            return items[i + 1];
        }
    }
    return {};
}

struct Dtype {
    std::uint64_t size = 0; // bytes of an element; 0: not known
    bool objects = false;
    std::string word;
};

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
    std::string order = kind > 0 ? text->substr(0, 1) : "<";
    const auto state = tupleItems(values.heap, node->state);
    if (state && state->size() >= 8) {
        constexpr std::int64_t hasObjects = 0x01; // NPY_ITEM_REFCOUNT
        const auto written = (*state)[5];
        const auto flags = (*state)[7];
        out.objects = out.objects || (flags.tag() == Tag::Int && (flags.number() & hasObjects) != 0);
        if (written.tag() == Tag::Int && written.number() > 0) {
            out.size = static_cast<std::uint64_t>(written.number());
        }
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
    const auto state = values.heap.node(object)->state;
    const auto shape = tupleItems(values.heap, stateItem(values, state, "shape"));
    auto dtype = dtypeOf(values, stateItem(values, state, "dtype"));
    ArrayBytes out;
    out.objects = dtype.objects;
    if (out.objects) {
        return out;
    }
    if (!shape || dtype.size == 0 || shape->size() > mostDimensions) {
        return {};
    }
    auto total = dtype.size;
    for (const auto value : *shape) {
        const auto count = value.tag() == Tag::Int && value.number() >= 0 ? static_cast<std::uint64_t>(value.number())
                                                                          : values.bytes.size() + 1;
        out.shape.push_back(count);
        if (__builtin_mul_overflow(total, count, &total)) {
            return {};
        }
    }
    out.padding = {at, at};
    const auto alignment = stateItem(values, state, "numpy_array_alignment_bytes");
    if (alignment.tag() == Tag::Int && at < values.bytes.size()) {
        out.padding.end += 1 + static_cast<unsigned char>(values.bytes[at]);
    }
    if (out.padding.end > values.bytes.size() || total > values.bytes.size() - out.padding.end) {
        return {};
    }
    out.bytes = {out.padding.end, out.padding.end + total};
    out.dtype = std::move(dtype.word);
    out.fortran = values.text(stateItem(values, state, "order"), 8) == "F";
    return out;
}

void TorchTensors::array(const Values& values, Value object, const ArrayBytes& array)
{
    const auto* node = values.heap.node(object);
    if (m_paused || !node) {
        return;
    }
    m_arrays = true;
    ++m_tensorCount;
    if (m_tensors.size() >= ModelContent::mostTensors || (!m_tensors.empty() && m_tensors.back().at >= node->at)) {
        return;
    }
    Tensor tensor{node->at, -1, array.dtype, array.shape, {}, array.bytes};
    std::uint64_t step = 1;
    for (const auto extent : array.shape) {
        if (array.fortran && array.shape.size() > 1) {
            tensor.strides.push_back(step);
            step *= extent; // fits: the size of the data does
        }
    }
    m_tensors.push_back(std::move(tensor));
}

} // namespace cupel::formats::pickle
