// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/convert/safetensors_file.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace cupel::convert {

namespace {

constexpr std::size_t chunk = 1 << 20;

std::string quoted(const std::string& text)
{
    return nlohmann::json(text).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

bool copy(ByteView bytes, Budget& budget, const ByteSink& sink)
{
    for (std::size_t at = 0; at < bytes.size(); at += chunk) {
        const auto piece = bytes.substr(at, chunk);
        if (!budget.spend(piece.size()) || !sink(piece)) {
            return false;
        }
    }
    return true;
}

// Each character of the text is a byte; those from 128 on have two in UTF-8.
class Latin {
public:
    explicit Latin(ByteView text)
        : m_text(text)
    {
    }
    std::string take(std::size_t most)
    {
        std::string out;
        while (out.size() < most && m_at < m_text.size()) {
            const auto byte = static_cast<unsigned char>(m_text[m_at++]);
            const auto low =
                byte < 0x80 || m_at == m_text.size() ? 0U : static_cast<unsigned char>(m_text[m_at++]) & 63U;
            out += static_cast<char>(byte < 0x80 ? byte : (byte & 3U) << 6 | low);
        }
        return out;
    }

private:
    ByteView m_text;
    std::size_t m_at = 0;
};

bool copyText(ByteView text, Budget& budget, const ByteSink& sink)
{
    Latin latin(text);
    for (auto piece = latin.take(chunk); !piece.empty(); piece = latin.take(chunk)) {
        if (!budget.spend(piece.size()) || !sink(piece)) {
            return false;
        }
    }
    return true;
}

// Element by element, the last index fastest.
bool gather(const ConvertedTensor& tensor, Budget& budget, const ByteSink& sink)
{
    std::vector<std::uint64_t> index(tensor.shape.size());
    std::string piece;
    piece.reserve(chunk + tensor.width);
    std::uint64_t at = 0; // of the element, in elements
    const auto count = tensor.bytes / tensor.width;
    for (std::uint64_t i = 0; i < count; ++i) {
        piece.append(tensor.source.substr(at * tensor.width, tensor.width));
        if (piece.size() >= chunk) {
            if (!budget.spend(piece.size()) || !sink(piece)) {
                return false;
            }
            piece.clear();
        }
        for (auto axis = index.size(); axis-- > 0;) {
            at += tensor.strides[axis];
            if (++index[axis] < tensor.shape[axis]) {
                break;
            }
            at -= tensor.strides[axis] * tensor.shape[axis];
            index[axis] = 0;
        }
    }
    return sink(piece) && budget.spend(piece.size());
}

} // namespace

std::string safetensorsHead(const Conversion& conversion)
{
    std::string json = R"({"__metadata__":{"format":"pt"})";
    std::uint64_t at = 0;
    for (const auto& tensor : conversion.tensors) {
        json += ',' + quoted(tensor.name) + R"(:{"dtype":")" + tensor.dtype + R"(","shape":[)";
        for (std::size_t i = 0; i < tensor.shape.size(); ++i) {
            json += (i == 0 ? "" : ",") + std::to_string(tensor.shape[i]);
        }
        json += R"(],"data_offsets":[)" + std::to_string(at) + ',' + std::to_string(at + tensor.bytes) + "]}";
        at += tensor.bytes;
    }
    json += '}';
    json.resize((json.size() + 7) / 8 * 8, ' ');
    std::string out;
    for (unsigned i = 0; i < 8; ++i) {
        out += static_cast<char>((json.size() >> (8 * i)) & 0xFF);
    }
    return out + json;
}

bool writeSafetensors(const Conversion& conversion, Budget& budget, const ByteSink& sink)
{
    const auto write = [&](ConvertedTensor tensor) {
        const bool inRows = tensor.strides.empty() || tensor.bytes == 0;
        if (tensor.asText && inRows) {
            return copyText(tensor.source, budget, sink);
        }
        std::string decoded;
        if (tensor.asText) { // its elements are taken from all over it
            decoded = Latin(tensor.source).take(tensor.bytes);
            tensor.source = decoded;
        }
        return inRows ? copy(tensor.source.substr(0, tensor.bytes), budget, sink) : gather(tensor, budget, sink);
    };
    return sink(safetensorsHead(conversion))
        && std::all_of(conversion.tensors.begin(), conversion.tensors.end(), write);
}

} // namespace cupel::convert
