// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/sevenzip/sevenzip_coder.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <cstring>

#include <bzlib.h>
#include <lzma.h>
#include <zlib.h>

namespace cupel::formats::sevenzip {

namespace {

constexpr std::size_t mostAtOnce = 1U << 30; // libraries count in 32 bits
constexpr std::uint64_t mostMemory = 256ULL << 20;

enum Method : std::uint64_t {
    Copy = 0x00,
    Lzma2 = 0x21,
    Lzma = 0x030101,
    Deflate = 0x040108,
    Bzip2 = 0x040202,
    Aes = 0x06F10701,
};

class CopyDecoder : public Decoder {
public:
    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        made = std::min(in.size(), out.size());
        std::copy_n(in.begin(), made, out.begin());
        in.remove_prefix(made);
        return State::More;
    }
};

class DeflateDecoder : public Decoder {
public:
    DeflateDecoder() { m_ready = inflateInit2(&m_stream, -15) == Z_OK; }
    ~DeflateDecoder() override { inflateEnd(&m_stream); }
    DeflateDecoder(const DeflateDecoder&) = delete;
    DeflateDecoder& operator=(const DeflateDecoder&) = delete;

    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        const auto given = std::min(in.size(), mostAtOnce);
        m_stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(in.data()));
        m_stream.avail_in = static_cast<uInt>(given);
        m_stream.next_out = reinterpret_cast<Bytef*>(out.data());
        m_stream.avail_out = static_cast<uInt>(out.size());
        const int state = m_ready ? ::inflate(&m_stream, Z_NO_FLUSH) : Z_MEM_ERROR;
        in.remove_prefix(given - m_stream.avail_in);
        made = out.size() - m_stream.avail_out;
        return state == Z_STREAM_END                ? State::End
            : state == Z_OK || state == Z_BUF_ERROR ? State::More
                                                    : State::Damaged;
    }

private:
    z_stream m_stream{};
    bool m_ready = false;
};

// Several streams may follow each other.
class Bzip2Decoder : public Decoder {
public:
    Bzip2Decoder() { m_ready = BZ2_bzDecompressInit(&m_stream, 0, 0) == BZ_OK; }
    ~Bzip2Decoder() override { BZ2_bzDecompressEnd(&m_stream); }
    Bzip2Decoder(const Bzip2Decoder&) = delete;
    Bzip2Decoder& operator=(const Bzip2Decoder&) = delete;

    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        const auto given = std::min(in.size(), mostAtOnce);
        m_stream.next_in = const_cast<char*>(in.data());
        m_stream.avail_in = static_cast<unsigned>(given);
        m_stream.next_out = out.data();
        m_stream.avail_out = static_cast<unsigned>(out.size());
        const int state = m_ready ? BZ2_bzDecompress(&m_stream) : BZ_MEM_ERROR;
        in.remove_prefix(given - m_stream.avail_in);
        made = out.size() - m_stream.avail_out;
        if (state == BZ_STREAM_END && !in.empty()) {
            BZ2_bzDecompressEnd(&m_stream);
            m_stream = {};
            m_ready = BZ2_bzDecompressInit(&m_stream, 0, 0) == BZ_OK;
            return m_ready ? State::More : State::Damaged;
        }
        return state == BZ_STREAM_END ? State::End : state == BZ_OK ? State::More : State::Damaged;
    }

private:
    bz_stream m_stream{};
    bool m_ready = false;
};

// LZMA or LZMA2 and up to three filters.
class LzmaDecoder : public Decoder {
public:
    ~LzmaDecoder() override { lzma_end(&m_stream); }
    LzmaDecoder() = default;
    LzmaDecoder(const LzmaDecoder&) = delete;
    LzmaDecoder& operator=(const LzmaDecoder&) = delete;

    // `line` in the order in which bytes go; the settings of each coder as 7z writes them.
    Trouble open(const Folder& folder, const std::vector<std::size_t>& line)
    {
        std::array<lzma_filter, LZMA_FILTERS_MAX + 1> filters{};
        std::size_t count = 0;
        lzma_options_lzma main{};
        std::array<lzma_options_delta, LZMA_FILTERS_MAX> deltas{};
        for (auto at = line.rbegin(); at + 1 != line.rend(); ++at) {
            const auto& coder = folder.coders[*at];
            const auto id = filterOf(coder.id);
            if (id == LZMA_VLI_UNKNOWN || count + 1 >= LZMA_FILTERS_MAX) {
                return Trouble::Method;
            }
            if (id == LZMA_FILTER_DELTA) {
                auto& delta = deltas[count];
                delta.type = LZMA_DELTA_TYPE_BYTE;
                delta.dist = coder.settings.empty() ? 1U : static_cast<unsigned char>(coder.settings[0]) + 1U;
                filters[count].options = &delta;
            }
            filters[count++].id = id;
        }
        const auto& coder = folder.coders[line.front()];
        const auto size = folder.sizes[line.front()];
        if (!(coder.id == Lzma ? readLzma(coder.settings, size, main) : readLzma2(coder.settings, main))) {
            return Trouble::Method;
        }
        // No distance reaches further back than there is output.
        main.dict_size = static_cast<std::uint32_t>(std::clamp<std::uint64_t>(
            size, LZMA_DICT_SIZE_MIN, std::max<std::uint32_t>(main.dict_size, LZMA_DICT_SIZE_MIN)));
        filters[count].id = coder.id == Lzma ? LZMA_FILTER_LZMA1EXT : LZMA_FILTER_LZMA2;
        filters[count++].options = &main;
        filters[count].id = LZMA_VLI_UNKNOWN;
        if (lzma_raw_decoder_memusage(filters.data()) > mostMemory) {
            return Trouble::Window;
        }
        return lzma_raw_decoder(&m_stream, filters.data()) == LZMA_OK ? Trouble::None : Trouble::Method;
    }

    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        m_stream.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
        m_stream.avail_in = in.size();
        m_stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
        m_stream.avail_out = out.size();
        const auto state = lzma_code(&m_stream, LZMA_RUN);
        in.remove_prefix(in.size() - m_stream.avail_in);
        made = out.size() - m_stream.avail_out;
        return state == LZMA_STREAM_END                   ? State::End
            : state == LZMA_OK || state == LZMA_BUF_ERROR ? State::More
                                                          : State::Damaged;
    }

private:
    static lzma_vli filterOf(std::uint64_t id)
    {
        switch (id) {
        case 0x03:
            return LZMA_FILTER_DELTA;
        case 0x04:
        case 0x03030103:
            return LZMA_FILTER_X86;
        case 0x05:
        case 0x03030205:
            return LZMA_FILTER_POWERPC;
        case 0x06:
        case 0x03030401:
            return LZMA_FILTER_IA64;
        case 0x07:
        case 0x03030501:
            return LZMA_FILTER_ARM;
        case 0x08:
        case 0x03030701:
            return LZMA_FILTER_ARMTHUMB;
        case 0x09:
        case 0x03030805:
            return LZMA_FILTER_SPARC;
        case 0x0A:
            return LZMA_FILTER_ARM64;
        default:
            return LZMA_VLI_UNKNOWN;
        }
    }

    // One byte for lc, lp and pb, then the window.
    static bool readLzma(ByteView settings, std::uint64_t size, lzma_options_lzma& out)
    {
        if (settings.size() < 5) {
            return false;
        }
        unsigned packed = static_cast<unsigned char>(settings[0]);
        if (packed > (4 * 5 + 4) * 9 + 8) {
            return false;
        }
        out.lc = packed % 9;
        packed /= 9;
        out.lp = packed % 5;
        out.pb = packed / 5;
        for (unsigned i = 0; i < 4; ++i) {
            out.dict_size |= std::uint32_t{static_cast<unsigned char>(settings[1 + i])} << (8 * i);
        }
        out.ext_flags = LZMA_LZMA1EXT_ALLOW_EOPM;
        out.ext_size_low = static_cast<std::uint32_t>(size);
        out.ext_size_high = static_cast<std::uint32_t>(size >> 32);
        return out.lc + out.lp <= LZMA_LCLP_MAX;
    }

    static bool readLzma2(ByteView settings, lzma_options_lzma& out)
    {
        if (settings.empty() || static_cast<unsigned char>(settings[0]) > 40) {
            return false;
        }
        const unsigned bits = static_cast<unsigned char>(settings[0]);
        out.dict_size = bits == 40 ? 0xFFFFFFFFU : (2U | (bits & 1U)) << (bits / 2 + 11);
        return true;
    }

    lzma_stream m_stream = LZMA_STREAM_INIT;
};

} // namespace

std::uint64_t Folder::size() const
{
    for (std::size_t i = 0; i < sizes.size(); ++i) {
        if (std::none_of(bonds.begin(), bonds.end(), [i](const Bond& bond) { return bond.output == i; })) {
            return sizes[i];
        }
    }
    return 0;
}

std::vector<std::size_t> Folder::line() const
{
    const bool simple = std::all_of(
        coders.begin(), coders.end(), [](const Coder& coder) { return coder.inputs == 1 && coder.outputs == 1; });
    if (!simple || packed.size() != 1 || sizes.size() != coders.size()) {
        return {};
    }
    std::vector<std::size_t> out;
    auto next = packed[0];
    while (next < coders.size() && out.size() < coders.size()) {
        out.push_back(next);
        const auto bond =
            std::find_if(bonds.begin(), bonds.end(), [next](const Bond& one) { return one.output == next; });
        if (bond == bonds.end()) {
            return out.size() == coders.size() ? out : std::vector<std::size_t>();
        }
        next = bond->input;
    }
    return {};
}

std::unique_ptr<Decoder> makeDecoder(const Folder& folder, Trouble& trouble)
{
    const bool locked =
        std::any_of(folder.coders.begin(), folder.coders.end(), [](const Coder& coder) { return coder.id == Aes; });
    const auto line = folder.line();
    trouble = locked ? Trouble::Encrypted : line.empty() ? Trouble::Method : Trouble::None;
    if (trouble != Trouble::None) {
        return nullptr;
    }
    const auto first = folder.coders[line.front()].id;
    if (first == Lzma || first == Lzma2) {
        auto decoder = std::make_unique<LzmaDecoder>();
        trouble = decoder->open(folder, line);
        return trouble == Trouble::None ? std::move(decoder) : nullptr;
    }
    if (line.size() == 1 && first == Copy) {
        return std::make_unique<CopyDecoder>();
    }
    if (line.size() == 1 && first == Deflate) {
        return std::make_unique<DeflateDecoder>();
    }
    if (line.size() == 1 && first == Bzip2) {
        return std::make_unique<Bzip2Decoder>();
    }
    trouble = Trouble::Method;
    return nullptr;
}

} // namespace cupel::formats::sevenzip
