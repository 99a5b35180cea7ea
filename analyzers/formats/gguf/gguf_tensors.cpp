// SPDX-License-Identifier: GPL-3.0-or-later
// What the tensors say, and whether their data lies where and as large as that.
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/gguf/gguf_reader.h"

#include <algorithm>

namespace cupel::formats::gguf {

namespace {

constexpr std::uint32_t mostAxes = 4;
constexpr std::uint64_t longestName = 63;
constexpr std::uint64_t mostChecked = ModelContent::mostTensors; // no model has a hundredth
constexpr std::size_t mostCarried = 64;
constexpr auto most = std::uint64_t{1} << 63;

std::string quotedName(ByteView bytes, ByteRange name)
{
    return "\u201c" + toDisplay(slice(bytes, name), 80) + "\u201d";
}

} // namespace

bool Reader::tensors(std::uint64_t count)
{
    m_names.clear();
    for (std::uint64_t i = 0; i < count; ++i) {
        if (!m_budget.spend(64) || i >= mostChecked) {
            stop(i >= mostChecked ? "there are more tensors than any model has" : "a limit was met", m_cursor.at());
            return false;
        }
        const auto start = m_cursor.at();
        if (!oneTensor()) {
            if (m_out.status == ReadStatus::Complete) {
                flaw("gguf-truncated", {start, std::min<std::uint64_t>(start + 8, m_bytes.size())},
                    "a tensor is longer than the file");
                stop("a tensor does not fit", start);
            }
            return false;
        }
    }
    return true;
}

bool Reader::oneTensor()
{
    Tensor tensor;
    tensor.place = m_cursor.string();
    const auto axes = m_cursor.word();
    if (!m_cursor.ok()) {
        return false;
    }
    const auto name = slice(m_bytes, tensor.place);
    const ByteRange place{tensor.place.start, std::min(tensor.place.end, tensor.place.start + 64)};
    if (name.empty() || name.size() > longestName) {
        flaw("gguf-name", place);
    }
    if (!m_names.insert(name).second) {
        flaw("gguf-duplicate", place, "the tensor " + quotedName(m_bytes, tensor.place), {tensor.place});
    }
    if (axes > mostAxes) {
        flaw("gguf-shape", place, quotedName(m_bytes, tensor.place) + " has " + std::to_string(axes) + " axes",
            {tensor.place});
        if (axes > 64) {
            stop("a tensor has too many axes", m_cursor.at());
            return false;
        }
    }
    std::vector<std::uint64_t> extents(axes);
    for (auto& extent : extents) {
        extent = m_cursor.count();
    }
    const auto type = m_cursor.word();
    tensor.offset = m_cursor.number(8);
    if (!m_cursor.ok()) {
        return false;
    }
    tensor.shown.name = toDisplay(name, 200);
    tensor.shown.shape.assign(extents.rbegin(), extents.rend());
    sizeOfTensor(tensor, type, extents);
    m_tensors.push_back(std::move(tensor));
    return true;
}

void Reader::sizeOfTensor(Tensor& tensor, std::uint32_t type, const std::vector<std::uint64_t>& extents)
{
    const ByteRange place{tensor.place.start, std::min(tensor.place.end, tensor.place.start + 64)};
    const auto known = tensorType(type);
    tensor.shown.dtype = known ? std::string(known->name) : std::to_string(type);
    if (!known) {
        flaw("gguf-type", place, quotedName(m_bytes, tensor.place) + " has type " + std::to_string(type),
            {tensor.place});
    }
    if (!known || known->bytes == 0) {
        m_sizesKnown = false;
        return;
    }
    __uint128_t elements = 1;
    for (const auto extent : extents) {
        elements *= extent;
        if (extent >= most || elements >= most) {
            flaw("gguf-shape", place, quotedName(m_bytes, tensor.place) + " has more elements than can be counted",
                {tensor.place});
            m_sizesKnown = false;
            return;
        }
    }
    const auto row = extents.empty() ? 1 : extents.front();
    if (row % known->block != 0) {
        flaw("gguf-shape", place,
            quotedName(m_bytes, tensor.place) + " has rows that are no multiple of " + std::to_string(known->block),
            {tensor.place});
    }
    const auto size = elements / known->block * known->bytes;
    if (size >= most) {
        flaw("gguf-shape", place, quotedName(m_bytes, tensor.place) + " has more bytes than can be counted",
            {tensor.place});
        m_sizesKnown = false;
        return;
    }
    tensor.size = static_cast<std::uint64_t>(size);
}

// Every tensor begins where the one before ended, rounded up.
void Reader::layout()
{
    const auto mask = m_alignment - 1;
    const auto start = (m_cursor.at() + mask) & ~mask;
    const auto size = m_bytes.size();
    const auto data = start < size ? size - start : 0;
    std::uint64_t expected = 0;
    const bool sizesKnown = m_sizesKnown; // before places are compared
    m_cover.add({0, m_cursor.at()});
    for (auto& tensor : m_tensors) {
        const ByteRange place{tensor.place.start, std::min(tensor.place.end, tensor.place.start + 64)};
        const bool aligned = tensor.offset % m_alignment == 0;
        const bool inside = tensor.offset <= data && tensor.size <= data - tensor.offset;
        if (!inside) {
            flaw("gguf-offset", place, quotedName(m_bytes, tensor.place) + " ends behind the end of the file",
                {tensor.place});
            ++m_missing;
            if (tensor.offset < data) {
                m_cover.add({start + tensor.offset, size}); // its beginning is there
            }
        } else if (!aligned || (m_sizesKnown && tensor.offset != expected)) {
            flaw("gguf-offset", place,
                quotedName(m_bytes, tensor.place) + " does not lie where the tensor before it ends", {tensor.place});
            m_sizesKnown = false;
        }
        const auto padded = (tensor.size + mask) & ~mask;
        if (__builtin_add_overflow(expected, padded, &expected)) {
            expected = data;
            m_sizesKnown = false;
        }
        if (inside) {
            tensor.shown.bytes = {start + tensor.offset, start + tensor.offset + tensor.size};
            m_cover.add(tensor.shown.bytes);
            look(tensor);
        }
        m_model->add(std::move(tensor.shown));
    }
    if (sizesKnown && m_out.status == ReadStatus::Complete) {
        leftover(start);
    }
}

// Before and between the tensors writers fill up with zeros, and behind the last to a page; anything else hides
// something.
void Reader::leftover(std::uint64_t dataStart)
{
    const auto mask = m_alignment - 1;
    for (auto gap : m_cover.gaps({0, m_bytes.size()})) {
        if (!m_budget.spend(gap.size())) {
            return;
        }
        const auto padded = gap.start < dataStart ? dataStart : dataStart + ((gap.start - dataStart + mask) & ~mask);
        const ByteRange padding{gap.start, std::min(padded, gap.end)};
        if (slice(m_bytes, padding).find_first_not_of('\0') != ByteView::npos) {
            m_model->addLeftover(gap.start < dataStart ? "gguf-padding" : "gguf-gap", padding);
        }
        if (gap.end == m_bytes.size()) {
            trailing({padding.end, gap.end});
        } else if (slice(m_bytes, {padding.end, gap.end}).find_first_not_of('\0') != ByteView::npos) {
            m_model->addLeftover("gguf-gap", {padding.end, gap.end});
        }
    }
}

void Reader::trailing(ByteRange rest)
{
    if (isFiller(slice(m_bytes, rest))) {
        return;
    }
    m_model->addLeftover("gguf-trailing", rest);
    m_end = rest.start;
    m_out.status = ReadStatus::Partial;
    m_out.diagnostics.push_back(
        {"trailing-bytes", counted(rest.size(), "byte belongs", "bytes belong") + " to no tensor", rest.start,
            DiagnosticLevel::Incomplete});
}

void Reader::look(const Tensor& tensor)
{
    const auto piece = carriedAt(slice(m_bytes, tensor.shown.bytes));
    if (piece.kind == Carried::Nothing) {
        return;
    }
    const auto& range = tensor.shown.bytes;
    flaw(piece.kind == Carried::Program     ? "carried-program"
            : piece.kind == Carried::Pickle ? "carried-pickle"
                                            : "carried-archive",
        {range.start, std::min(range.end, range.start + 16)}, std::string(piece.what));
    if (++m_carried <= mostCarried && piece.kind != Carried::Program) {
        giveMember(m_artifact, range,
            (piece.kind == Carried::Pickle ? "tensor-" : "archive-") + std::to_string(range.start), m_budget, m_out);
    }
}

} // namespace cupel::formats::gguf
