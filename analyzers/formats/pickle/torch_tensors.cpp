// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/pickle/torch_tensors.h"

#include "analyzers/base/utf8.h"

#include <algorithm>
#include <array>

namespace cupel::formats::pickle {

namespace {

constexpr std::size_t longestKey = 256; // of a name; a longer one is cut

// Functions of torch._utils that make a tensor, by how their arguments are laid out.
enum Form : int {
    None,
    Plain, // storage, offset, size, stride, ...
    Typed, // the same with a dtype in seventh place
    ByType, // function, type, its arguments, state
    Empty, // an array of NumPy, which BUILD gives its shape and its bytes
    Buffer, // one of bytes, dtype, shape and order
};

struct NamedForm {
    std::string_view path;
    Form form;
};
constexpr std::array forms{NamedForm{"torch._utils._rebuild_tensor", Plain},
    NamedForm{"torch._utils._rebuild_tensor_v2", Plain}, NamedForm{"torch._utils._rebuild_qtensor", Plain},
    NamedForm{"torch._utils._rebuild_tensor_v3", Typed}, NamedForm{"torch._tensor._rebuild_from_type", ByType},
    NamedForm{"torch._tensor._rebuild_from_type_v2", ByType}, NamedForm{"numpy.core.multiarray._reconstruct", Empty},
    NamedForm{"numpy._core.multiarray._reconstruct", Empty}, NamedForm{"numpy.core.numeric._frombuffer", Buffer},
    NamedForm{"numpy._core.numeric._frombuffer", Buffer}};

std::optional<std::uint64_t> whole(Value value)
{
    return value.tag() == Tag::Int && value.number() >= 0 ? std::optional(static_cast<std::uint64_t>(value.number()))
                                                          : std::nullopt;
}

std::optional<std::vector<std::uint64_t>> wholes(const Heap& heap, Value value)
{
    const auto items = tupleItems(heap, value);
    if (!items) {
        return {};
    }
    std::vector<std::uint64_t> out;
    for (const auto item : *items) {
        const auto number = whole(item);
        if (!number) {
            return {};
        }
        out.push_back(*number);
    }
    return out;
}

// What an object is known by; 0: nothing that holds others.
std::uint64_t identity(const Heap& heap, Value value)
{
    const auto* node = heap.node(value);
    const auto kind = node ? node->kind : NodeKind{value.extra()};
    const bool holds = kind == NodeKind::List || kind == NodeKind::Dict || kind == NodeKind::Call;
    return holds && (node || value.tag() == Tag::Spilled) ? (node ? node->at : value.payload()) + 1 : 0;
}

// One past the last element that is reached, in elements; nothing: more than 2^64.
std::optional<std::uint64_t> reach(
    std::uint64_t offset, const std::vector<std::uint64_t>& shape, const std::vector<std::uint64_t>& strides)
{
    auto last = offset;
    for (std::size_t i = 0; i < shape.size(); ++i) {
        std::uint64_t step = 0;
        if (shape[i] == 0) {
            return offset;
        }
        if (__builtin_mul_overflow(shape[i] - 1, strides[i], &step) || __builtin_add_overflow(last, step, &last)) {
            return {};
        }
    }
    return last == ~std::uint64_t{0} ? std::nullopt : std::optional(last + 1);
}

// The last index runs fastest, without gaps. Strides of extents of one or none mean nothing.
bool rowByRow(const std::vector<std::uint64_t>& shape, const std::vector<std::uint64_t>& strides)
{
    std::uint64_t expected = 1;
    for (auto i = shape.size(); i-- > 0;) {
        if (shape[i] == 0) {
            return true;
        }
        if (shape[i] > 1 && strides[i] != expected) {
            return false;
        }
        if (__builtin_mul_overflow(expected, shape[i], &expected)) {
            return false;
        }
    }
    return true;
}

// {'conj': True} or {'neg': True}: the numbers are others than those in the storage.
bool isTurned(const Values& values, Value metadata)
{
    const auto* node = values.heap.node(metadata);
    const auto items = node && node->kind == NodeKind::Dict ? values.heap.items(*node) : std::span<const Value>();
    for (std::size_t i = 0; i + 1 < items.size(); i += 2) {
        const auto key = values.text(items[i], 8);
        if ((key == "conj" || key == "neg") && items[i + 1].tag() != Tag::False) {
            return true;
        }
    }
    return false;
}

} // namespace

std::optional<std::uint64_t> TorchTensors::Storage::size() const
{
    std::uint64_t out = 0;
    return __builtin_mul_overflow(elements, type.size, &out) ? std::nullopt : std::optional(out);
}

TorchTensors::Storage* TorchTensors::storage(const std::string& key)
{
    const auto found = m_byKey.find(key);
    return found == m_byKey.end() ? nullptr : &m_storages[found->second];
}

// ('storage', class, key, place, elements), with a view behind it in old files.
void TorchTensors::persistent(const Values& values, Value id, const Op& op)
{
    const ByteRange bytes{op.at, op.end};
    const auto parts = tupleItems(values.heap, id);
    if (m_paused || !parts || parts->size() < 5 || values.text((*parts)[0], 16) != "storage") {
        return;
    }
    const auto global = values.global((*parts)[1]);
    const auto key = values.isText((*parts)[2]) ? values.text((*parts)[2], 256) : std::nullopt;
    const auto elements = whole((*parts)[4]);
    const auto type =
        global < 0 ? TorchType() : torchType(values.facts.globals[static_cast<std::size_t>(global)].path());
    if (type.dtype.empty() || !key || !elements) {
        m_flaws.addFlaw("torch-storage-id", bytes,
            type.dtype.empty() ? "the class is none of PyTorch's storages"
                : !key         ? "the key is no text"
                               : "the number of elements is none");
        return;
    }
    if (auto* known = storage(*key)) {
        if (known->elements != *elements || known->type.dtype != type.dtype) {
            m_flaws.addFlaw("torch-storage-differs", bytes, toDisplay(*key, 80));
            known->elements = std::max(known->elements, *elements);
        }
        return;
    }
    if (m_storages.size() < ModelContent::mostTensors) {
        m_byKey.emplace(*key, m_storages.size());
        m_storages.push_back({*key, type, *elements, bytes, {}});
    }
}

int TorchTensors::formOf(const Values& values, std::int32_t global)
{
    const auto index = static_cast<std::size_t>(global);
    if (index >= m_forms.size()) {
        m_forms.resize(values.facts.globals.size(), -1);
    }
    if (m_forms[index] < 0) {
        const auto path = values.facts.globals[index].path();
        const auto found =
            std::find_if(forms.begin(), forms.end(), [&path](const NamedForm& one) { return one.path == path; });
        m_forms[index] = found == forms.end() ? None : found->form;
    }
    return m_forms[index];
}

void TorchTensors::called(const Values& values, Value made, const Op& op)
{
    const auto* node = values.heap.node(made);
    const auto global = values.calleeOf(made);
    if (m_paused || !node || global < 0) {
        return;
    }
    auto form = formOf(values, global);
    if (form == None && m_tensors.empty()) {
        return;
    }
    const auto arguments = tupleItems(values.heap, node->arguments);
    if (form == Buffer && arguments && arguments->size() == 4) {
        const std::array parts{(*arguments)[2], (*arguments)[1], (*arguments)[3], (*arguments)[0]};
        ownArray(values, made, parts);
        return;
    }
    if (form == ByType && arguments && arguments->size() >= 3) {
        const auto inner = values.global((*arguments)[0]);
        const auto own = tupleItems(values.heap, (*arguments)[2]);
        form = inner < 0 ? None : formOf(values, inner);
        if (own && (form == Plain || form == Typed)) {
            rebuilt(values, *own, node->at, {op.at, op.end}, form);
            return;
        }
    }
    if ((form == Plain || form == Typed) && arguments) {
        rebuilt(values, *arguments, node->at, {op.at, op.end}, form);
        return;
    }
    for (std::size_t i = 0; arguments && i < arguments->size(); ++i) {
        hang(values, (*arguments)[i], node->at + 1, {});
    }
}

void TorchTensors::rebuilt(
    const Values& values, std::span<const Value> arguments, std::uint64_t at, ByteRange bytes, int form)
{
    ++m_tensorCount;
    if (m_tensors.size() >= ModelContent::mostTensors || (!m_tensors.empty() && m_tensors.back().at >= at)) {
        return;
    }
    Tensor tensor;
    tensor.at = at;
    const auto* asked = arguments.empty() ? nullptr : values.heap.node(arguments[0]);
    const auto parts =
        asked && asked->kind == NodeKind::Persistent ? tupleItems(values.heap, asked->callee) : std::nullopt;
    const auto key = parts && parts->size() >= 5 ? values.text((*parts)[2], 256) : std::nullopt;
    const auto known = key ? m_byKey.find(*key) : m_byKey.end();
    const auto offset = arguments.size() > 1 ? whole(arguments[1]) : std::nullopt;
    const auto shape = arguments.size() > 2 ? wholes(values.heap, arguments[2]) : std::nullopt;
    const auto strides = arguments.size() > 3 ? wholes(values.heap, arguments[3]) : std::nullopt;
    if (shape) {
        tensor.shape = *shape;
    }
    if (known != m_byKey.end()) {
        const auto& storage = m_storages[known->second];
        auto type = storage.type;
        if (form == Typed && arguments.size() > 6) {
            const auto global = values.global(arguments[6]);
            type = global < 0 ? TorchType() : torchType(values.facts.globals[static_cast<std::size_t>(global)].path());
        }
        tensor.storage = static_cast<std::int64_t>(known->second);
        tensor.dtype = type.dtype;
        const auto first = offset.value_or(0);
        const auto end = offset && shape && strides && shape->size() == strides->size() ? reach(first, *shape, *strides)
                                                                                        : std::nullopt;
        std::uint64_t start = 0;
        std::uint64_t stop = 0;
        const bool fits = end && storage.size() && !__builtin_mul_overflow(first, type.size, &start)
            && !__builtin_mul_overflow(*end, type.size, &stop) && stop <= *storage.size();
        if (fits) {
            tensor.within = {start, stop};
            tensor.strides = rowByRow(*shape, *strides) ? std::vector<std::uint64_t>() : *strides;
        } else {
            m_flaws.addFlaw("torch-tensor-outside", bytes, "storage " + toDisplay(*key, 80));
        }
    }
    if (form == Plain && arguments.size() > 6 && isTurned(values, arguments[6])) {
        tensor.dtype += ", turned when it is read"; // no type of any other format
    }
    m_tensors.push_back(std::move(tensor));
}

std::int64_t TorchTensors::tensorAt(std::uint64_t at) const
{
    const auto found = std::lower_bound(m_tensors.begin(), m_tensors.end(), at,
        [](const Tensor& tensor, std::uint64_t wanted) { return tensor.at < wanted; });
    return found != m_tensors.end() && found->at == at ? found - m_tensors.begin() : -1;
}

// Nests as deep as tuples of tuples do, at most four.
void TorchTensors::hang(const Values& values, Value value, std::uint64_t parent, const std::string& key, unsigned depth)
{
    constexpr unsigned deepest = 4;
    const auto* node = values.heap.node(value);
    if (node && node->kind == NodeKind::Tuple && depth < deepest) {
        const auto items = values.heap.items(*node);
        for (std::size_t i = 0; i < items.size() && m_visits < mostVisits; ++i) {
            ++m_visits;
            // A name and what it names.
            const auto named = items.size() == 2 && i == 1 && values.isText(items[0])
                ? values.text(items[0], longestKey)
                : std::nullopt;
            hang(values, items[i], parent,
                named             ? *named
                    : key.empty() ? key
                                  : key + '.' + std::to_string(i),
                depth + 1);
        }
        return;
    }
    const auto own = identity(values.heap, value);
    if (own == 0 || own == parent) {
        return;
    }
    if (const auto tensor = tensorAt(own - 1); tensor >= 0) {
        if (m_uses.size() < ModelContent::mostTensors) {
            m_uses.push_back({static_cast<std::size_t>(tensor), parent, key});
        }
    } else if (!m_holders.contains(own)) {
        return;
    } else if (m_edges.size() < mostObjects) {
        m_edges.try_emplace(own, Edge{parent, key});
    }
    if (m_holders.size() < mostObjects) {
        m_holders.insert(parent);
    }
}

void TorchTensors::added(
    const Values& values, Value container, std::span<const Value> items, bool pairs, std::uint64_t first)
{
    const auto parent = identity(values.heap, container);
    if (m_paused || m_tensors.empty() || parent == 0) {
        return;
    }
    const std::size_t step = pairs ? 2 : 1;
    for (std::size_t i = 0; i + step <= items.size(); i += step) {
        const auto value = items[i + step - 1];
        if (!value.isNode() && value.tag() != Tag::Spilled) {
            continue;
        }
        std::string key;
        if (!pairs) {
            key = std::to_string(first + i);
        } else if (const auto text = values.text(items[i], longestKey)) {
            key = *text;
        } else if (items[i].tag() == Tag::Int) {
            key = std::to_string(items[i].number());
        }
        hang(values, value, parent, key);
    }
}

void TorchTensors::built(const Values& values, Value object, Value state)
{
    const auto parent = identity(values.heap, object);
    const auto callee = m_paused ? -1 : values.calleeOf(object);
    if (callee >= 0 && formOf(values, callee) == Empty) {
        // (version, shape, dtype, column by column, bytes)
        if (const auto parts = tupleItems(values.heap, state); parts && parts->size() == 5) {
            ownArray(values, object, std::span(*parts).subspan(1));
        }
        return;
    }
    if (!m_paused && !m_tensors.empty() && parent != 0) {
        hang(values, state, parent, {});
    }
}

// Dotted, from the outermost; what modules keep their parameters in is no part of the name.
std::string TorchTensors::pathOf(std::uint64_t parent, const std::string& key) const
{
    constexpr unsigned deepest = 64;
    std::vector<std::string_view> keys{key};
    for (unsigned depth = 0; depth < deepest; ++depth) {
        const auto edge = m_edges.find(parent);
        if (edge == m_edges.end()) {
            break;
        }
        keys.push_back(edge->second.key);
        parent = edge->second.parent;
    }
    std::string out;
    for (auto part = keys.rbegin(); part != keys.rend(); ++part) {
        if (!part->empty() && *part != "_modules" && *part != "_parameters" && *part != "_buffers") {
            (out += out.empty() ? "" : ".") += *part;
        }
    }
    return out;
}

// A pickle of its folder's name: data.pkl has data/0, constants.pkl of TorchScript has constants/0.
void TorchTensors::compare(const Neighbours& beside, std::string_view member)
{
    if (m_storages.empty() || !member.ends_with(".pkl")) {
        return;
    }
    const auto slash = member.rfind('/');
    const auto root = slash == std::string_view::npos ? std::string() : std::string(member.substr(0, slash + 1));
    m_folder = std::string(member.substr(root.size(), member.size() - root.size() - 4)) + '/';
    std::unordered_set<std::string> used;
    for (const auto& storage : m_storages) {
        const auto name = root + m_folder + storage.key;
        const auto* found = beside.find(name);
        for (const auto& other : {".data/" + storage.key + ".storage", storage.key, "constants/" + storage.key}) {
            found = found ? found : beside.find(root + other); // torch.package and TorchScript for phones
        }
        const auto size = storage.size();
        const auto shown = toDisplay(storage.key, 80);
        if (!found) {
            m_flaws.addFlaw("torch-storage-missing", storage.asked, shown);
            continue;
        }
        used.insert(found->name);
        // From version 2 on PyTorch keeps the shapes of what a module was traced with, and no number of it.
        const bool leftOut = found->size == 0 && m_folder == "traced_inputs/" && beside.find(root + "constants.pkl");
        if (leftOut) {
            continue;
        }
        if (!size || *size > found->size) {
            m_flaws.addFlaw("torch-storage-short", storage.asked,
                "storage " + shown + " has " + std::to_string(found->size) + " bytes for "
                    + std::to_string(storage.elements) + " elements of " + std::to_string(storage.type.size));
        } else if (*size < found->size) {
            m_flaws.addFlaw("torch-storage-slack", storage.asked,
                "storage " + shown + " has " + std::to_string(found->size - *size) + " bytes more");
        }
    }
    const auto folder = root + m_folder;
    for (const auto& one : beside.members) {
        const bool numbered = one.name.starts_with(folder) && one.name.size() > folder.size()
            && one.name.find_first_not_of("0123456789", folder.size()) == std::string::npos;
        if (numbered && !used.contains(one.name)) {
            m_flaws.addFlaw("torch-storage-unused", {}, toDisplay(one.name, 80));
        }
    }
}

ModelTensor TorchTensors::described(const Tensor& tensor, std::string name) const
{
    ModelTensor out;
    out.name = std::move(name);
    out.dtype = tensor.dtype.empty() ? "unknown" : tensor.dtype;
    out.shape = tensor.shape;
    out.strides = tensor.strides;
    if (tensor.storage < 0) {
        // Empty where nobody says from which storage it was made. A text is not the numbers themselves.
        out.hasData = !tensor.asText;
        out.bytes = tensor.asText ? ByteRange{} : tensor.within;
        return out;
    }
    const auto& storage = m_storages[static_cast<std::size_t>(tensor.storage)];
    if (storage.bytes.empty()) {
        out.storedIn = toDisplay(m_folder + storage.key, ModelContent::longestValue);
        out.bytes = tensor.within;
    } else if (!tensor.within.empty() && tensor.within.end <= storage.bytes.size()) {
        out.bytes = {storage.bytes.start + tensor.within.start, storage.bytes.start + tensor.within.end};
    }
    return out;
}

ModelTensor TorchTensors::unnamed(std::size_t tensor) const
{
    auto out = described(m_tensors[tensor], "tensor " + std::to_string(tensor));
    out.exactName = false;
    return out;
}

void TorchTensors::fill(ModelContent& out, std::map<std::size_t, ByteRange>& texts)
{
    const auto add = [&](std::size_t i, ModelTensor tensor) {
        if (m_tensors[i].asText && out.tensors.size() < ModelContent::mostTensors) {
            texts.emplace(out.tensors.size(), m_tensors[i].within);
        }
        out.add(std::move(tensor));
    };
    out.flaws = m_flaws.flaws;
    auto& uses = m_uses;
    std::stable_sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.tensor < b.tensor; });
    std::size_t next = 0;
    for (std::size_t i = 0; i < m_tensors.size(); ++i) {
        if (m_tensors[i].own && !m_storages.empty()) { // what a checkpoint keeps beside its weights: states, settings
            --m_tensorCount;
            next = static_cast<std::size_t>(std::find_if(uses.begin() + static_cast<std::ptrdiff_t>(next), uses.end(),
                                                [i](const Use& use) { return use.tensor != i; })
                - uses.begin());
            continue;
        }
        if (next >= uses.size() || uses[next].tensor != i) {
            add(i, unnamed(i));
        }
        for (; next < uses.size() && uses[next].tensor == i; ++next) {
            auto name = pathOf(uses[next].parent, uses[next].key);
            auto shown = toDisplay(name, ModelContent::longestValue);
            const bool exact = shown == name && uses[next].key.size() < longestKey;
            auto tensor = name.empty() ? unnamed(i) : described(m_tensors[i], std::move(shown));
            tensor.exactName = tensor.exactName && exact;
            add(i, std::move(tensor));
        }
    }
    out.tensorCount = std::max(out.tensorCount, m_tensorCount);
}

} // namespace cupel::formats::pickle
