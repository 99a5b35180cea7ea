// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/arrays.h"

#include <algorithm>
#include <charconv>

namespace cupel::formats::pickle {

namespace {

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

// dtype("V16") with its state: (version, order, subarray, names, fields, size, alignment, flags).
std::uint64_t dtypeSize(const Values& values, Value dtype, bool& objects)
{
    const auto* node = values.heap.node(dtype);
    const auto callee = values.calleeOf(dtype);
    if (!node || callee < 0 || values.facts.globals[static_cast<std::size_t>(callee)].path() != "numpy.dtype") {
        return 0;
    }
    const auto arguments = tupleItems(values.heap, node->arguments);
    const auto text = arguments && !arguments->empty() ? values.text((*arguments)[0], 64) : std::nullopt;
    if (!text) {
        return 0;
    }
    auto size = itemSize(*text, objects);
    const auto state = tupleItems(values.heap, node->state);
    if (state && state->size() >= 8) {
        constexpr std::int64_t hasObjects = 0x01; // NPY_ITEM_REFCOUNT
        const auto written = (*state)[5];
        const auto flags = (*state)[7];
        objects = objects || (flags.tag() == Tag::Int && (flags.number() & hasObjects) != 0);
        if (written.tag() == Tag::Int && written.number() > 0) {
            size = static_cast<std::uint64_t>(written.number());
        }
    }
    return size;
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
    bool objects = false;
    const auto size = dtypeSize(values, stateItem(values, state, "dtype"), objects);
    if (objects) {
        return ArrayBytes{at, true};
    }
    if (!shape || size == 0) {
        return {};
    }
    auto total = size;
    for (const auto value : *shape) {
        const auto count = value.tag() == Tag::Int && value.number() >= 0 ? static_cast<std::uint64_t>(value.number())
                                                                          : values.bytes.size() + 1;
        if (__builtin_mul_overflow(total, count, &total)) {
            return {};
        }
    }
    auto end = at;
    const auto alignment = stateItem(values, state, "numpy_array_alignment_bytes");
    if (alignment.tag() == Tag::Int && at < values.bytes.size()) {
        end += 1 + static_cast<unsigned char>(values.bytes[at]);
    }
    if (end > values.bytes.size() || total > values.bytes.size() - end) {
        return {};
    }
    return ArrayBytes{end + total, false};
}

} // namespace cupel::formats::pickle
