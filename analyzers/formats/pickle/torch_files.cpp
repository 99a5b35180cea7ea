// SPDX-License-Identifier: GPL-3.0-or-later
// Files of PyTorch where raw bytes stand between or behind the streams: before 1.6, and in the tar archives before
// that.
#include "analyzers/formats/pickle/literal.h"
#include "analyzers/formats/pickle/probe.h"
#include "analyzers/formats/pickle/walker.h"

#include "analyzers/base/utf8.h"

#include <algorithm>

namespace cupel::formats::pickle {

namespace {

std::uint64_t littleNumber(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

} // namespace

// Of PyTorch before 1.6: behind five streams for each storage its number of elements and its raw bytes. The fifth
// stream is the list of their keys. Gives the first byte that belongs to none.
std::uint64_t Walker::torchStorages(std::uint64_t at)
{
    if (!m_isOldTorch) {
        return rawOfOldTorch(at);
    }
    if (m_storagesRead || m_facts->streamCount < 5 || m_facts->streams.empty()) {
        return at;
    }
    m_storagesRead = true;
    m_recorder.oddity("torch-legacy", {at, m_bytes.size()}, std::to_string(m_facts->storages.size()));
    const auto end = storagesByKey(at, m_facts->streams.back().bytes.start);
    const auto hidden = nextCandidate(m_bytes.substr(0, end), at, m_budget);
    if (hidden < end) {
        m_recorder.oddity("nested", {hidden, std::min<std::uint64_t>(hidden + 2, end)}, "tensor data");
        giveMember("nested-" + std::to_string(hidden) + ".pkl", std::string(m_bytes.substr(hidden)), {hidden, end});
    }
    return end;
}

std::uint64_t Walker::storagesByKey(std::uint64_t at, std::uint64_t keysAt)
{
    constexpr std::uint64_t countSize = 8;
    auto from = keysAt;
    Op op;
    while (from < at && readOp(m_bytes, from, op) == ReadResult::Ok && m_budget.spend(16)) {
        const auto step = from;
        from = op.end;
        const auto key = decodeLiteral(m_bytes, op, 256);
        const bool text = op.code == Code::BinUnicode || op.code == Code::ShortBinUnicode || op.code == Code::Unicode
            || op.code == Code::BinString || op.code == Code::ShortBinString || op.code == Code::String
            || op.code == Code::BinUnicode8;
        if (!text || !key) {
            continue;
        }
        auto* storage = m_tensors.storage(*key);
        const ByteRange place{step, op.end};
        if (!storage) {
            m_tensors.flaw("torch-keys", place, "no tensor uses storage " + toDisplay(*key, 80));
            return at;
        }
        const auto elements = littleNumber(m_bytes, at, countSize);
        std::uint64_t size = 0;
        if (m_bytes.size() - at < countSize || __builtin_mul_overflow(elements, storage->type.size, &size)
            || size > m_bytes.size() - at - countSize) {
            m_tensors.flaw("torch-storage-short", storage->asked,
                "storage " + toDisplay(*key, 80) + " reaches beyond the end of the file");
            return at;
        }
        if (elements != storage->elements) {
            m_tensors.flaw("torch-storage-differs", {at, at + countSize}, toDisplay(*key, 80));
        }
        storage->bytes = {at + countSize, at + countSize + size};
        at += countSize + size;
    }
    return at;
}

// In members of the tar archives, each object of `storages` and `tensors` has raw bytes behind it.
std::uint64_t Walker::rawOfOldTorch(std::uint64_t at) const
{
    const auto name = m_artifact.fileName();
    const auto values = m_machine.values();
    const auto parts = tupleItems(values.heap, m_machine.result());
    if ((name != "storages" && name != "tensors") || !parts || parts->size() != 3 || values.global((*parts)[2]) < 0) {
        return at;
    }
    const auto left = m_bytes.size() - at;
    if (name == "tensors") { // dimensions, nothing, sizes, strides, offset
        const auto size = 16 + 16 * littleNumber(m_bytes, at, 4);
        return size <= left ? at + size : at;
    }
    const auto type = torchType(values.facts.globals[static_cast<std::size_t>(values.global((*parts)[2]))].path());
    std::uint64_t size = 0;
    const bool fits = left >= 8 && !__builtin_mul_overflow(littleNumber(m_bytes, at, 8), type.size, &size);
    return fits && !type.dtype.empty() && size <= left - 8 ? at + 8 + size : at;
}

void Walker::tellTensors()
{
    if (!m_tensors.any()) {
        return;
    }
    if (m_artifact.beside && !m_artifact.beside->members.empty()) {
        m_tensors.compare(*m_artifact.beside, m_artifact.memberName());
    }
    auto model = std::make_shared<ModelContent>();
    model->kind = m_isOldTorch                                  ? "PyTorch checkpoint (before 1.6)"
        : m_tensors.arrays()                                    ? "joblib"
        : m_tensors.ownArrays() && m_tensors.storages().empty() ? "NumPy arrays"
                                                                : "PyTorch tensors";
    m_tensors.fill(*model, m_facts->textTensors);
    m_out.model = std::move(model);
}

} // namespace cupel::formats::pickle
