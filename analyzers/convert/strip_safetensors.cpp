// SPDX-License-Identifier: GPL-3.0-or-later
// safetensors: the header is written anew from its own words, the numbers are put side by side as they are.
#include "analyzers/base/json_values.h"
#include "analyzers/convert/strip_parts.h"
#include "analyzers/formats/safetensors/safetensors_header.h"

#include <algorithm>
#include <numeric>

namespace cupel::convert {

namespace {

using Kind = StripItem::Kind;

constexpr std::uint64_t prefix = 8;
constexpr std::uint64_t longestHeader = 100'000'000;
constexpr std::string_view neededKey = "format"; // libraries refuse a file that does not say which tensors it has

struct Tensor {
    ByteRange key; // with its quotes
    formats::safetensors::Entry entry;
    ByteRange moved; // its new offsets
};

class Rewriter {
public:
    explicit Rewriter(Stripping& work)
        : m_work(work)
        , m_bytes(work.bytes())
    {
    }

    std::string run()
    {
        if (const auto flaw = m_work.otherFlaw({"safetensors-hole", "safetensors-trailing", "safetensors-name",
                "safetensors-blanks", "carried-program", "carried-pickle", "carried-archive"});
            !flaw.empty()) {
            return "its header is not exact (" + flaw + ")";
        }
        if (auto trouble = read(); !trouble.empty()) {
            return trouble;
        }
        place();
        write();
        return {};
    }

private:
    std::string read()
    {
        std::uint64_t length = 0;
        for (unsigned i = 0; i < prefix && i < m_bytes.size(); ++i) {
            length |= std::uint64_t{static_cast<unsigned char>(m_bytes[i])} << (8 * i);
        }
        if (m_bytes.size() < prefix || length > m_bytes.size() - prefix || length > longestHeader) {
            return "its header cannot be read";
        }
        m_end = prefix + length;
        const auto text = m_bytes.substr(0, m_end);
        const auto json = JsonOutline::parse(text, m_work.budget(), {prefix, 3, 127, formats::safetensors::mostNodes});
        if (json.empty() || !json.valid() || json.stoppedEarly() || json.nodes()[0].type != JsonType::Object) {
            return "its header cannot be read";
        }
        const auto& nodes = json.nodes();
        for (auto child = nodes[0].firstChild; child != 0; child = nodes[child].nextSibling) {
            const ByteRange key{nodes[child].key.start - 1, nodes[child].key.end + 1};
            if (jsonKey(text, nodes[child]) == "__metadata__") {
                metadata(text, json, child);
                continue;
            }
            Tensor tensor{key, formats::safetensors::readEntry(text, json, child), {}};
            if (!tensor.entry.flaw.empty() || tensor.entry.offsets.end > m_bytes.size() - m_end) {
                return "an entry of its header is wrong";
            }
            m_tensors.push_back(std::move(tensor));
        }
        return {};
    }

    void metadata(ByteView text, const JsonOutline& json, std::uint32_t node)
    {
        const auto& nodes = json.nodes();
        for (auto child = nodes[node].firstChild; child != 0; child = nodes[child].nextSibling) {
            const auto& item = nodes[child];
            const auto key = jsonKey(text, item);
            const ByteRange whole{item.key.start - 1, item.value.end};
            const bool poisoned = m_work.poisoned(item.value);
            const bool asked = m_work.asked(key);
            if (asked || poisoned || (m_work.wish().metadata && key != neededKey)) {
                m_work.goes(poisoned ? Kind::Template : Kind::Metadata, whole, key);
            } else {
                m_kept.push_back(whole);
                if (m_work.wish().metadata) {
                    m_work.stays(
                        "The key \"format\" stays: libraries refuse a file that does not say which of them its "
                        "tensors are for.");
                }
            }
        }
    }

    // Where each tensor will stand.
    void place()
    {
        std::vector<std::size_t> order(m_tensors.size());
        std::iota(order.begin(), order.end(), std::size_t{0});
        std::stable_sort(order.begin(), order.end(),
            [this](std::size_t a, std::size_t b) { return m_tensors[a].entry.offsets < m_tensors[b].entry.offsets; });
        std::uint64_t at = 0; // in the old buffer
        std::uint64_t next = 0; // in the new one
        for (const auto index : order) {
            auto& tensor = m_tensors[index];
            const auto offsets = tensor.entry.offsets;
            if (offsets.start > at) {
                m_holes.push_back({m_end + at, m_end + offsets.start});
            }
            at = std::max(at, offsets.end);
            tensor.moved = {next, next + offsets.size()};
            next += offsets.size();
            m_data.push_back({m_end + offsets.start, m_end + offsets.end});
        }
        m_behind = {m_end + at, m_bytes.size()};
    }

    void write()
    {
        const bool hidden = m_work.wish().hidden;
        std::string head = "{";
        for (const auto& field : m_kept) {
            head += head.size() == 1 ? R"("__metadata__":{)" : ",";
            head += slice(m_bytes, field);
        }
        head += head.size() == 1 ? "" : "}";
        for (const auto& tensor : m_tensors) {
            head += head.size() == 1 ? "" : ",";
            head.append(slice(m_bytes, tensor.key)).append(R"(:{"dtype":")").append(tensor.entry.dtype);
            head += R"(","shape":[)";
            for (std::size_t i = 0; i < tensor.entry.shape.size(); ++i) {
                head += (i == 0 ? "" : ",") + std::to_string(tensor.entry.shape[i]);
            }
            const auto& offsets = hidden ? tensor.moved : tensor.entry.offsets;
            head += R"(],"data_offsets":[)" + std::to_string(offsets.start) + ',' + std::to_string(offsets.end) + "]}";
        }
        head += '}';
        head.resize((head.size() + 7) / 8 * 8, ' ');
        std::string length;
        for (unsigned i = 0; i < prefix; ++i) {
            length += static_cast<char>((head.size() >> (8 * i)) & 0xFF);
        }
        m_work.make(length);
        m_work.make(head);
        if (!hidden) {
            m_work.copy({m_end, m_bytes.size()});
            return;
        }
        const auto* model = m_work.analysis().facts.model.get();
        for (const auto& range : model ? model->leftover : std::vector<ByteRange>()) {
            if (range.end <= m_end) {
                m_work.goesAlso(Kind::Blanks, range);
            }
        }
        for (const auto& hole : m_holes) {
            m_work.goesAlso(Kind::BetweenTensors, hole);
        }
        if (!m_behind.empty()) {
            m_work.goes(Kind::BehindEnd, m_behind);
        }
        for (const auto& range : m_data) {
            m_work.copy(range);
        }
    }

    Stripping& m_work;
    ByteView m_bytes;
    std::uint64_t m_end = 0; // of the header
    std::vector<Tensor> m_tensors;
    std::vector<ByteRange> m_kept; // fields of the metadata
    std::vector<ByteRange> m_data; // in the order of the buffer
    std::vector<ByteRange> m_holes;
    ByteRange m_behind;
};

} // namespace

std::string stripSafetensors(Stripping& work)
{
    return Rewriter(work).run();
}

} // namespace cupel::convert
