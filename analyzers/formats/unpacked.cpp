// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/unpacked.h"

#include "analyzers/formats/compressed/decoder.h"

#include <algorithm>

namespace cupel::formats {

using compressed::Decoder;
using compressed::Method;

std::string_view packedAs(ByteView head)
{
    const auto method = compressed::methodOf(head);
    return method == Method::None ? std::string_view() : compressed::toString(method);
}

std::string unpacked(ByteView bytes, std::size_t most, Budget& budget)
{
    constexpr std::size_t zfHeader = 21; // of joblib: the length in front of the stream
    constexpr std::size_t step = 16 << 10;
    const auto method = compressed::methodOf(bytes);
    const auto decoder = compressed::makeDecoder(method);
    auto in = method == Method::JoblibZf ? bytes.substr(zfHeader) : bytes;
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

} // namespace cupel::formats
