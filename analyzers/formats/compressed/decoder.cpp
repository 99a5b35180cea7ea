// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/compressed/decoder.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

#include <bzlib.h>
#include <lz4.h>
#include <lz4frame.h>
#include <lzma.h>
#include <zlib.h>
#include <zstd.h>

namespace cupel::formats::compressed {

namespace {

using namespace std::string_view_literals;

constexpr std::size_t mostAtOnce = 1U << 30; // libraries count in 32 bits
constexpr std::uint64_t mostMemory = 256ULL << 20; // a header may ask for a window of gigabytes

class ZlibDecoder : public Decoder {
public:
    ZlibDecoder() { m_ready = inflateInit2(&m_stream, 15 + 32) == Z_OK; }
    ~ZlibDecoder() override { inflateEnd(&m_stream); }
    ZlibDecoder(const ZlibDecoder&) = delete;
    ZlibDecoder& operator=(const ZlibDecoder&) = delete;

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
        return state == BZ_STREAM_END ? State::End : state == BZ_OK ? State::More : State::Damaged;
    }

private:
    bz_stream m_stream{};
    bool m_ready = false;
};

class LzmaDecoder : public Decoder {
public:
    LzmaDecoder() { m_ready = lzma_auto_decoder(&m_stream, mostMemory, 0) == LZMA_OK; }
    explicit LzmaDecoder(ByteView properties)
    {
        lzma_filter filters[] = {{LZMA_FILTER_LZMA1, nullptr}, {LZMA_VLI_UNKNOWN, nullptr}};
        m_ready = lzma_properties_decode(
                      &filters[0], nullptr, reinterpret_cast<const std::uint8_t*>(properties.data()), properties.size())
                == LZMA_OK
            && lzma_raw_decoder_memusage(filters) <= mostMemory && lzma_raw_decoder(&m_stream, filters) == LZMA_OK;
        std::free(filters[0].options); // NOLINT(cppcoreguidelines-no-malloc): liblzma allocates it so
    }
    ~LzmaDecoder() override { lzma_end(&m_stream); }
    LzmaDecoder(const LzmaDecoder&) = delete;
    LzmaDecoder& operator=(const LzmaDecoder&) = delete;

    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        m_stream.next_in = reinterpret_cast<const std::uint8_t*>(in.data());
        m_stream.avail_in = in.size();
        m_stream.next_out = reinterpret_cast<std::uint8_t*>(out.data());
        m_stream.avail_out = out.size();
        const auto state = m_ready ? lzma_code(&m_stream, LZMA_RUN) : LZMA_MEM_ERROR;
        in.remove_prefix(in.size() - m_stream.avail_in);
        made = out.size() - m_stream.avail_out;
        return state == LZMA_STREAM_END                   ? State::End
            : state == LZMA_OK || state == LZMA_BUF_ERROR ? State::More
                                                          : State::Damaged;
    }

private:
    lzma_stream m_stream = LZMA_STREAM_INIT;
    bool m_ready = false;
};

class ZstdDecoder : public Decoder {
public:
    ZstdDecoder()
        : m_stream(ZSTD_createDStream())
    {
        if (m_stream) {
            ZSTD_DCtx_setParameter(m_stream, ZSTD_d_windowLogMax, 27);
        }
    }
    ~ZstdDecoder() override { ZSTD_freeDStream(m_stream); }
    ZstdDecoder(const ZstdDecoder&) = delete;
    ZstdDecoder& operator=(const ZstdDecoder&) = delete;

    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        ZSTD_inBuffer source{in.data(), in.size(), 0};
        ZSTD_outBuffer target{out.data(), out.size(), 0};
        const auto state = m_stream ? ZSTD_decompressStream(m_stream, &target, &source) : ~std::size_t{0};
        in.remove_prefix(source.pos);
        made = target.pos;
        return ZSTD_isError(state) ? State::Damaged : state == 0 ? State::End : State::More;
    }

private:
    ZSTD_DStream* m_stream;
};

class Lz4Decoder : public Decoder {
public:
    Lz4Decoder() { m_ready = !LZ4F_isError(LZ4F_createDecompressionContext(&m_context, LZ4F_VERSION)); }
    ~Lz4Decoder() override { LZ4F_freeDecompressionContext(m_context); }
    Lz4Decoder(const Lz4Decoder&) = delete;
    Lz4Decoder& operator=(const Lz4Decoder&) = delete;

    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        std::size_t used = in.size();
        made = out.size();
        const auto state =
            m_ready ? LZ4F_decompress(m_context, out.data(), &made, in.data(), &used, nullptr) : ~std::size_t{0};
        if (!m_ready || LZ4F_isError(state)) {
            made = 0;
            return State::Damaged;
        }
        in.remove_prefix(used);
        return state == 0 ? State::End : State::More;
    }

private:
    LZ4F_dctx* m_context = nullptr;
    bool m_ready = false;
};

std::uint32_t littleEndian(ByteView bytes)
{
    std::uint32_t out = 0;
    for (unsigned i = 0; i < 4; ++i) {
        out |= std::uint32_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return out;
}

bool isSkippable(ByteView head)
{
    return head.size() >= 8 && (littleEndian(head) & ~0xFU) == 0x184D2A50U;
}

constexpr std::uint32_t legacyMagic = 0x184C2102;

// Blocks of up to 8 MiB, each behind its size, to the end of the file or the next magic number.
class Lz4LegacyDecoder : public Decoder {
public:
    State step(ByteView& in, std::span<char> out, std::size_t& made) override
    {
        if (m_given == m_made) {
            if (!m_begun) {
                m_begun = true;
                in.remove_prefix(std::min<std::size_t>(in.size(), 4)); // the magic number
            }
            const auto state = block(in);
            if (state != State::More) {
                return state;
            }
        }
        made = std::min(out.size(), m_made - m_given);
        std::copy_n(m_content.begin() + static_cast<std::ptrdiff_t>(m_given), made, out.begin());
        m_given += made;
        return State::More;
    }

private:
    static constexpr std::size_t largest = 8 << 20;

    State block(ByteView& in)
    {
        if (m_cut || in.empty()) {
            return m_cut ? State::More : State::End;
        }
        const auto size = in.size() < 4 ? 0U : littleEndian(in);
        if (size == legacyMagic || size == 0x184D2204U || isSkippable(in)) {
            return State::End;
        }
        if (size == 0 || size > static_cast<std::uint32_t>(LZ4_compressBound(largest))) {
            return State::Damaged;
        }
        const bool whole = in.size() - 4 >= size;
        m_cut = !whole;
        const auto packed = in.substr(4, size);
        // A byte stands for 255 at most; small blocks do not cost what large ones do.
        const auto most = std::min<std::size_t>(largest, (std::size_t{size} + 1) * 255);
        m_content.resize(std::max(m_content.size(), most));
        const auto made = LZ4_decompress_safe_partial(packed.data(), m_content.data(), static_cast<int>(packed.size()),
            static_cast<int>(most), static_cast<int>(most));
        m_made = made < 0 ? 0 : static_cast<std::size_t>(made);
        m_given = 0;
        in.remove_prefix(whole ? 4 + std::size_t{size} : in.size());
        return made < 0 && whole ? State::Damaged : State::More;
    }

    std::string m_content; // of a block, and room behind it
    std::size_t m_made = 0;
    std::size_t m_given = 0;
    bool m_begun = false;
    bool m_cut = false; // in its last block
};

// CMF and FLG of zlib with the window sizes and levels that compressors write.
bool isZlib(ByteView head)
{
    if (head.size() < 6 || head[0] != '\x78') {
        return false;
    }
    const auto flags = static_cast<unsigned char>(head[1]);
    return flags == 0x01 || flags == 0x5E || flags == 0x9C || flags == 0xDA;
}

// Properties 0x5D, a window that is a power of two (or three halves), and a size that is possible or unknown.
bool isLzma(ByteView head)
{
    if (head.size() < 18 || head[0] != '\x5d') {
        return false;
    }
    std::uint32_t window = 0;
    std::uint64_t size = 0;
    for (unsigned i = 0; i < 4; ++i) {
        window |= std::uint32_t{static_cast<unsigned char>(head[1 + i])} << (8 * i);
    }
    for (unsigned i = 0; i < 8; ++i) {
        size |= std::uint64_t{static_cast<unsigned char>(head[5 + i])} << (8 * i);
    }
    const bool power = window >= 4'096
        && ((window & (window - 1)) == 0 || (window % 3 == 0 && ((window / 3) & (window / 3 - 1)) == 0));
    return power && head[13] == '\0' && (size == ~std::uint64_t{0} || size < (1ULL << 40));
}

} // namespace

std::string_view toString(Method method)
{
    constexpr std::string_view names[] = {
        "none", "gzip", "zlib", "bzip2", "xz", "lzma", "zstd", "lz4", "lz4 legacy", "joblib ZF"};
    return names[static_cast<std::size_t>(method)];
}

std::uint64_t skippableEnd(ByteView bytes)
{
    std::uint64_t end = 0;
    while (end < bytes.size() && isSkippable(bytes.substr(end))) {
        end += 8 + std::uint64_t{littleEndian(bytes.substr(end + 4))};
    }
    return end;
}

ByteView behindSkippable(ByteView bytes)
{
    std::uint64_t whole = 0; // up to here they are
    auto end = whole;
    while (end < bytes.size() && isSkippable(bytes.substr(end))) {
        end += 8 + std::uint64_t{littleEndian(bytes.substr(end + 4))};
        whole = end <= bytes.size() ? end : whole;
    }
    return bytes.substr(whole);
}

Method methodOf(ByteView head)
{
    if (const auto end = skippableEnd(head); end > 0) {
        const auto method = end >= head.size() ? Method::Zstd : methodOf(head.substr(end)); // whose they mostly are
        const bool skips = method == Method::Zstd || method == Method::Lz4 || method == Method::Lz4Legacy;
        return skips ? method : Method::None;
    }
    if (head.starts_with("\x1f\x8b\x08"sv)) {
        return Method::Gzip;
    }
    if (head.size() > 10 && head.starts_with("BZh"sv) && head[3] >= '1' && head[3] <= '9'
        && (head.substr(4, 6) == "1AY&SY"sv || head.substr(4, 6) == "\x17\x72\x45\x38\x50\x90"sv)) {
        return Method::Bzip2;
    }
    if (head.starts_with("\xfd"
                         "7zXZ\0"sv)) {
        return Method::Xz;
    }
    if (head.starts_with("\x28\xb5\x2f\xfd"sv)) {
        return Method::Zstd;
    }
    if (head.starts_with("\x04\x22\x4d\x18"sv)) {
        return Method::Lz4;
    }
    if (head.size() >= 8 && littleEndian(head) == legacyMagic) {
        return Method::Lz4Legacy;
    }
    // joblib before 0.9: "ZF", the length as 19 characters, then zlib.
    if (head.size() > 23 && head.starts_with("ZF0x"sv) && isZlib(head.substr(21))) {
        return Method::JoblibZf;
    }
    return isZlib(head) ? Method::Zlib : isLzma(head) ? Method::Lzma : Method::None;
}

std::unique_ptr<Decoder> makeDecoder(Method method)
{
    switch (method) {
    case Method::None:
        return nullptr;
    case Method::Gzip:
    case Method::Zlib:
    case Method::JoblibZf:
        return std::make_unique<ZlibDecoder>();
    case Method::Bzip2:
        return std::make_unique<Bzip2Decoder>();
    case Method::Xz:
    case Method::Lzma:
        return std::make_unique<LzmaDecoder>();
    case Method::Zstd:
        return std::make_unique<ZstdDecoder>();
    case Method::Lz4:
        return std::make_unique<Lz4Decoder>();
    case Method::Lz4Legacy:
        return std::make_unique<Lz4LegacyDecoder>();
    }
    return nullptr;
}

std::unique_ptr<Decoder> makeRawLzma(ByteView properties)
{
    return std::make_unique<LzmaDecoder>(properties);
}

} // namespace cupel::formats::compressed
