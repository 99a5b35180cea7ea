// SPDX-License-Identifier: GPL-3.0-or-later
#include "analyzers/formats/sevenzip/sevenzip_header.h"

#include "analyzers/base/json_text.h"

#include <algorithm>
#include <utility>

namespace cupel::formats::sevenzip {

namespace {

enum Id : std::uint64_t {
    End = 0x00,
    HeaderId = 0x01,
    ArchiveProperties = 0x02,
    AdditionalStreams = 0x03,
    MainStreams = 0x04,
    FilesInfo = 0x05,
    PackInfo = 0x06,
    UnpackInfo = 0x07,
    SubStreams = 0x08,
    Size = 0x09,
    Crc = 0x0A,
    FolderId = 0x0B,
    CodersUnpackSize = 0x0C,
    NumUnpackStream = 0x0D,
    EmptyStream = 0x0E,
    EmptyFile = 0x0F,
    Names = 0x11,
    WinAttributes = 0x15,
    EncodedHeader = 0x17,
};

constexpr std::uint64_t startSize = 32; // of the signature header; packed streams are counted from its end
constexpr std::uint64_t mostCoders = 32;
constexpr std::uint64_t mostEnds = 64; // inputs of all coders of a folder, and outputs; 7-Zip has the same limit
constexpr std::uint64_t mostThings = 400'000; // files, folders, streams

class Reader {
public:
    Reader(ByteView bytes, std::uint64_t archiveSize, Budget& budget, Header& out)
        : m_bytes(bytes)
        , m_archiveSize(archiveSize)
        , m_budget(budget)
        , m_out(out)
    {
    }

    void run()
    {
        const auto id = number();
        if (id == EncodedHeader) {
            m_out.encoded = true;
            streamsInfo(m_out.streams);
        } else if (id == HeaderId) {
            header();
        } else {
            fail("it begins as none");
        }
    }

private:
    bool fail(std::string_view why)
    {
        m_out.problem = m_out.problem.empty() ? why : m_out.problem;
        return false;
    }
    [[nodiscard]] bool good() const { return m_out.problem.empty(); }
    [[nodiscard]] std::uint64_t left() const { return m_bytes.size() - m_at; }

    std::uint8_t byte()
    {
        if (left() == 0) {
            fail("it ends early");
            return 0;
        }
        return static_cast<std::uint8_t>(m_bytes[m_at++]);
    }

    // The bits of the first byte that are set say how many bytes follow.
    std::uint64_t number()
    {
        const auto first = byte();
        std::uint64_t value = 0;
        std::uint8_t mask = 0x80;
        for (unsigned i = 0; i < 8; ++i) {
            if ((first & mask) == 0) {
                return value | std::uint64_t{static_cast<std::uint8_t>(first & (mask - 1))} << (8 * i);
            }
            value |= std::uint64_t{byte()} << (8 * i);
            mask = static_cast<std::uint8_t>(mask >> 1);
        }
        return value;
    }

    // A number of things that need a byte of the header each.
    std::uint64_t count()
    {
        const auto value = number();
        if (value > left() || value > mostThings || !m_budget.spend(value)) {
            fail(value > left() ? "it counts more things than it has bytes" : "it counts more things than are read");
            return 0;
        }
        return value;
    }

    std::uint32_t fixed32()
    {
        std::uint32_t value = 0;
        for (unsigned i = 0; i < 4; ++i) {
            value |= std::uint32_t{byte()} << (8 * i);
        }
        return value;
    }

    ByteView take(std::uint64_t size)
    {
        if (size > left()) {
            fail("it ends early");
            return {};
        }
        const auto out = m_bytes.substr(m_at, size);
        m_at += size;
        return out;
    }

    std::vector<bool> bits(std::uint64_t size)
    {
        if (size > left() * 8) {
            fail("it ends early");
            return {};
        }
        std::vector<bool> out(size);
        std::uint8_t now = 0;
        for (std::uint64_t i = 0; i < size; ++i) {
            now = i % 8 == 0 ? byte() : now;
            out[i] = (now & (0x80 >> i % 8)) != 0;
        }
        return out;
    }

    std::vector<bool> bitsOrAll(std::uint64_t size)
    {
        return byte() != 0 ? std::vector<bool>(good() ? size : 0, true) : bits(size);
    }

    std::vector<std::optional<std::uint32_t>> digests(std::uint64_t size)
    {
        const auto defined = bitsOrAll(size);
        std::vector<std::optional<std::uint32_t>> out(defined.size());
        for (std::size_t i = 0; i < defined.size() && good(); ++i) {
            if (defined[i]) {
                out[i] = fixed32();
            }
        }
        return out;
    }

    void header()
    {
        for (auto id = number(); good() && id != End; id = number()) {
            if (id == ArchiveProperties) {
                for (auto type = number(); good() && type != End; type = number()) {
                    take(number());
                }
            } else if (id == AdditionalStreams) {
                Streams unused;
                streamsInfo(unused);
            } else if (id == MainStreams) {
                streamsInfo(m_out.streams);
            } else if (id == FilesInfo) {
                filesInfo();
            } else {
                fail("it holds a part nobody knows");
            }
        }
    }

    void streamsInfo(Streams& out)
    {
        bool divided = false;
        for (auto id = number(); good() && id != End; id = number()) {
            if (id == PackInfo) {
                packInfo(out);
            } else if (id == UnpackInfo) {
                unpackInfo(out);
            } else if (id == SubStreams) {
                divided = true;
                subStreams(out);
            } else {
                fail("its streams hold a part nobody knows");
            }
        }
        for (std::size_t i = 0; !divided && i < out.folders.size(); ++i) {
            out.streams.push_back({i, out.folders[i].size(), out.folders[i].crc});
        }
    }

    void packInfo(Streams& out)
    {
        auto start = number();
        const auto packs = count();
        for (auto id = number(); good() && id != End; id = number()) {
            if (id == Size) {
                for (std::uint64_t i = 0; i < packs && good(); ++i) {
                    const auto size = number();
                    if (start > m_archiveSize || size > m_archiveSize - start
                        || m_archiveSize - start - size < startSize) {
                        fail("a packed stream lies outside of the file");
                        return;
                    }
                    out.packs.push_back({startSize + start, startSize + start + size});
                    start += size;
                }
            } else if (id == Crc) {
                digests(packs);
            } else {
                fail("its packed streams hold a part nobody knows");
            }
        }
    }

    void unpackInfo(Streams& out)
    {
        std::uint64_t pack = 0;
        for (auto id = number(); good() && id != End; id = number()) {
            if (id == FolderId) {
                const auto folders = count();
                if (byte() != 0) {
                    fail("its folders stand elsewhere");
                }
                for (std::uint64_t i = 0; i < folders && good(); ++i) {
                    out.folders.push_back(folder());
                    out.folders.back().firstPack = pack;
                    pack += out.folders.back().packed.size();
                }
            } else if (id == CodersUnpackSize) {
                for (auto& one : out.folders) {
                    std::uint64_t outputs = 0;
                    for (const auto& coder : one.coders) {
                        outputs += coder.outputs;
                    }
                    for (std::uint64_t i = 0; i < outputs && good(); ++i) {
                        one.sizes.push_back(number());
                    }
                }
            } else if (id == Crc) {
                const auto sums = digests(out.folders.size());
                for (std::size_t i = 0; i < sums.size(); ++i) {
                    out.folders[i].crc = sums[i];
                }
            } else {
                fail("its folders hold a part nobody knows");
            }
        }
    }

    Folder folder()
    {
        Folder out;
        const auto coders = number();
        if (coders == 0 || coders > mostCoders) {
            fail("a folder has no coders, or too many");
            return out;
        }
        std::uint64_t inputs = 0;
        std::uint64_t outputs = 0;
        for (std::uint64_t i = 0; i < coders && good(); ++i) {
            out.coders.push_back(coder());
            inputs += out.coders.back().inputs;
            outputs += out.coders.back().outputs;
        }
        if (inputs > mostEnds || outputs > mostEnds) {
            fail("the coders of a folder have too many ends");
            return out;
        }
        for (std::uint64_t i = 0; i + 1 < outputs && good(); ++i) {
            const auto input = number();
            out.bonds.push_back({input, number()});
        }
        if (inputs < out.bonds.size()) {
            fail("a folder has more bonds than inputs");
            return out;
        }
        const auto packed = inputs - out.bonds.size();
        for (std::uint64_t i = 0; i < packed && good(); ++i) {
            out.packed.push_back(packed > 1 ? number() : freeInput(out, inputs));
        }
        return out;
    }

    Coder coder()
    {
        Coder out;
        const auto flags = byte();
        const auto idSize = flags & 0x0FU;
        if (idSize > 8 || (flags & 0xC0) != 0) {
            fail("a coder is described in a way nobody knows");
            return out;
        }
        for (const char c : take(idSize)) {
            out.id = out.id << 8 | static_cast<std::uint8_t>(c);
        }
        if ((flags & 0x10) != 0) {
            out.inputs = number();
            out.outputs = number();
            if (out.inputs > mostCoders || out.outputs > mostCoders || out.outputs == 0) {
                fail("a coder has no outputs, or too many");
                out.inputs = out.outputs = 1;
            }
        }
        if ((flags & 0x20) != 0) {
            out.settings = take(number());
        }
        return out;
    }

    static std::uint64_t freeInput(const Folder& folder, std::uint64_t inputs)
    {
        for (std::uint64_t i = 0; i < inputs; ++i) {
            if (std::none_of(
                    folder.bonds.begin(), folder.bonds.end(), [i](const auto& bond) { return bond.input == i; })) {
                return i;
            }
        }
        return 0;
    }

    void subStreams(Streams& out)
    {
        std::vector<std::uint64_t> counts(out.folders.size(), 1);
        auto id = number();
        if (id == NumUnpackStream) {
            for (auto& one : counts) {
                one = count();
            }
            id = number();
        }
        for (std::size_t i = 0; i < counts.size() && good(); ++i) {
            if (out.streams.size() + counts[i] > mostThings || (counts[i] > 1 && id != Size)) {
                fail("its files have no sizes, or there are more than are read");
                return;
            }
            auto rest = out.folders[i].size();
            for (std::uint64_t k = 0; k < counts[i] && good(); ++k) {
                const auto size = k + 1 == counts[i] ? rest : id == Size ? number() : 0;
                if (size > rest) {
                    fail("files are larger than what they are unpacked from");
                    return;
                }
                rest -= size;
                out.streams.push_back({i, size, counts[i] == 1 ? out.folders[i].crc : std::nullopt});
            }
        }
        id = id == Size ? number() : id;
        for (bool known = false; good() && id != End; id = number()) {
            if (id == Crc && !std::exchange(known, true)) { // once: short lists could be repeated for ever
                std::vector<Stream*> open;
                for (auto& stream : out.streams) {
                    if (!stream.crc) {
                        open.push_back(&stream);
                    }
                }
                const auto sums = digests(open.size());
                for (std::size_t i = 0; i < sums.size(); ++i) {
                    open[i]->crc = sums[i];
                }
            } else {
                fail("its files hold a part nobody knows");
            }
        }
    }

    void filesInfo()
    {
        const auto files = count();
        m_out.files.resize(files); // at most as many as the header has bytes
        std::vector<bool> empty(files);
        std::vector<bool> emptyFile;
        std::uint64_t empties = 0;
        for (auto id = number(); good() && id != End; id = number()) {
            const auto size = number();
            if (size > left() || !m_budget.spend(size + 16)) {
                fail("it ends early");
                return;
            }
            const auto end = m_at + size;
            if (id == EmptyStream) {
                empty = bits(files);
                empties = static_cast<std::uint64_t>(std::count(empty.begin(), empty.end(), true));
            } else if (id == EmptyFile) {
                emptyFile = bits(empties);
            } else if (id == Names) {
                names();
            } else if (id == WinAttributes) {
                attributes();
            }
            if (m_at > end) { // what reads on in what follows could do so again and again
                fail("a part of it is longer than it says");
            }
            m_at = end;
        }
        std::size_t index = 0;
        for (std::size_t i = 0; i < m_out.files.size() && i < empty.size(); ++i) {
            if (empty[i]) {
                m_out.files[i].hasStream = false;
                m_out.files[i].folder = index >= emptyFile.size() || !emptyFile[index];
                ++index;
            }
        }
    }

    // UTF-16, each with a zero behind it.
    void names()
    {
        if (byte() != 0) {
            fail("its names stand elsewhere");
            return;
        }
        for (auto& file : m_out.files) {
            const auto start = m_at;
            file.name.clear(); // where names stand twice, the last ones count
            std::uint32_t high = 0;
            while (good()) {
                const auto low = byte();
                const std::uint32_t unit = low | std::uint32_t{byte()} << 8;
                if (unit == 0) {
                    break;
                }
                if (unit >= 0xD800 && unit < 0xDC00) {
                    high = unit;
                    continue;
                }
                const bool pair = high != 0 && unit >= 0xDC00 && unit < 0xE000;
                appendUtf8(file.name,
                    pair                                  ? 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00)
                        : unit >= 0xD800 && unit < 0xE000 ? 0xFFFD
                                                          : unit);
                high = 0;
            }
            file.namePlace = {start, m_at};
        }
    }

    void attributes()
    {
        const auto defined = bitsOrAll(m_out.files.size());
        if (byte() != 0) {
            fail("its attributes stand elsewhere");
            return;
        }
        for (std::size_t i = 0; i < defined.size() && good(); ++i) {
            m_out.files[i].attributes = defined[i] ? fixed32() : 0;
        }
    }

    ByteView m_bytes;
    std::uint64_t m_archiveSize;
    Budget& m_budget;
    Header& m_out;
    std::uint64_t m_at = 0;
};

} // namespace

Header readHeader(ByteView bytes, std::uint64_t archiveSize, Budget& budget)
{
    Header out;
    Reader(bytes, archiveSize, budget, out).run();
    return out;
}

} // namespace cupel::formats::sevenzip
