// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/base/deflate_meter.h"

#include <algorithm>
#include <array>

#include <zlib.h>

namespace cupel {

struct DeflateMeter::Stream {
    z_stream z{};
    std::array<unsigned char, 16 << 10> out{};

    // Returns the bytes that came out.
    std::uint64_t run(ByteView text, int flush)
    {
        std::uint64_t made = 0;
        z.next_in = reinterpret_cast<unsigned char*>(const_cast<char*>(text.data())); // zlib only reads it
        z.avail_in = static_cast<uInt>(text.size());
        do {
            z.next_out = out.data();
            z.avail_out = static_cast<uInt>(out.size());
            ::deflate(&z, flush);
            made += out.size() - z.avail_out;
        } while (z.avail_out == 0);
        return made;
    }
};

DeflateMeter::DeflateMeter()
    : m_stream(std::make_unique<Stream>())
{
    // The fastest level: what others compress harder is smaller still.
    if (::deflateInit(&m_stream->z, Z_BEST_SPEED) != Z_OK) {
        m_stream.reset();
    }
}

DeflateMeter::~DeflateMeter()
{
    if (m_stream) {
        ::deflateEnd(&m_stream->z);
    }
}

void DeflateMeter::add(ByteView text)
{
    constexpr std::size_t piece = 1 << 20;
    for (std::size_t at = 0; at < text.size(); at += piece) {
        const ByteView part = text.substr(at, piece);
        m_bytes += m_stream ? m_stream->run(part, Z_NO_FLUSH) : part.size();
    }
}

std::uint64_t DeflateMeter::finish()
{
    if (m_stream) {
        m_bytes += m_stream->run({}, Z_FINISH);
    }
    return m_bytes;
}

} // namespace cupel
