// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/unpacked.h"

#include "analyzers/formats/compressed/decoder.h"

#include <algorithm>
#include <iterator>
#include <memory>

namespace cupel::formats {

using compressed::Decoder;
using compressed::Method;

std::string_view packedAs(ByteView head)
{
    const auto method = compressed::methodOf(head);
    return method == Method::None ? std::string_view() : compressed::toString(method);
}

namespace {

std::string run(Decoder* decoder, ByteView in, std::size_t most, Budget& budget)
{
    constexpr std::size_t step = 16 << 10;
    std::string out;
    while (decoder && out.size() < most) {
        const auto before = out.size();
        const auto left = in.size();
        std::size_t made = 0;
        out.resize(before + std::min(step, most - before));
        const auto state = decoder->step(in, {out.data() + before, out.size() - before}, made);
        out.resize(before + made);
        if (state != Decoder::State::More || (made == 0 && (in.empty() || in.size() == left)) || !budget.inflate(made)
            || !budget.spend(made)) {
            break;
        }
    }
    return out;
}

// Two bytes of version, the size of the properties, the properties, the stream.
std::string rawLzma(ByteView packed, std::size_t most, Budget& budget)
{
    constexpr std::size_t head = 4;
    const auto size = packed.size() < head ? 0 : std::size_t{static_cast<unsigned char>(packed[2])};
    if (size == 0 || packed.size() < head + size) {
        return {};
    }
    const auto decoder = compressed::makeRawLzma(packed.substr(head, size));
    return run(decoder.get(), packed.substr(head + size), most, budget);
}

} // namespace

std::string unpacked(ByteView bytes, std::size_t most, Budget& budget)
{
    constexpr std::size_t zfHeader = 21; // of joblib: the length in front of the stream
    const auto method = compressed::methodOf(bytes);
    const auto decoder = compressed::makeDecoder(method);
    const auto stream = method == Method::JoblibZf ? bytes.substr(zfHeader) : compressed::behindSkippable(bytes);
    return run(decoder.get(), stream, most, budget);
}

Measured measured(ByteView bytes, std::string_view packedAs, std::uint64_t most, Budget& budget)
{
    constexpr std::size_t room = 64 << 10;
    constexpr std::uint64_t toBegin = 1'024; // what a decoder costs that unpacks nothing
    Measured out;
    const auto method = compressed::methodOf(bytes);
    const auto decoder = compressed::toString(method) == packedAs ? compressed::makeDecoder(method) : nullptr;
    std::string buffer(room, '\0');
    auto state = decoder ? Decoder::State::More : Decoder::State::Damaged;
    for (bool goes = budget.spend(toBegin); goes && state == Decoder::State::More && out.size <= most;) {
        std::size_t made = 0;
        const auto left = bytes.size();
        state = decoder->step(bytes, buffer, made);
        out.beginning.append(buffer, 0, std::min(made, room - out.beginning.size()));
        out.size += made;
        goes = budget.spend(made + 1) && (made > 0 || bytes.size() < left);
    }
    out.damaged = state == Decoder::State::Damaged || (state == Decoder::State::More && out.size <= most);
    out.bytesFollow = state == Decoder::State::End && !bytes.empty();
    return out;
}

std::optional<std::string> unpackedMember(std::uint32_t method, ByteView packed, std::size_t most, Budget& budget)
{
    struct Row {
        std::uint32_t method;
        Method how;
    };
    constexpr std::uint32_t lzma = 14;
    constexpr Row rows[] = {{12, Method::Bzip2}, {20, Method::Zstd}, {93, Method::Zstd}, {95, Method::Xz}};
    if (method == lzma) {
        return rawLzma(packed, most, budget);
    }
    const auto* row =
        std::find_if(std::begin(rows), std::end(rows), [method](const Row& one) { return one.method == method; });
    if (row == std::end(rows)) {
        return std::nullopt;
    }
    const auto decoder = compressed::makeDecoder(row->how);
    return run(decoder.get(), row->how == Method::Zstd ? compressed::behindSkippable(packed) : packed, most, budget);
}

} // namespace cupel::formats
