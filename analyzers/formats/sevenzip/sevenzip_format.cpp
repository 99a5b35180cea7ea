// SPDX-License-Identifier: GPL-3.0-or-later
// 7z archives: the header is read by an own reader, members are unpacked folder by folder and handed on one by one.
#include "analyzers/base/budget.h"
#include "analyzers/base/checksums.h"
#include "analyzers/base/utf8.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/sevenzip/sevenzip_coder.h"
#include "analyzers/formats/sevenzip/sevenzip_header.h"

#include <algorithm>
#include <memory>

namespace cupel::formats::sevenzip {

namespace {

using namespace std::string_view_literals;

constexpr auto magic = "7z\xbc\xaf\x27\x1c"sv;
constexpr std::uint64_t startSize = 32;
constexpr std::uint64_t mostHeader = 64 << 20;
constexpr unsigned mostLayers = 4; // of headers that are packed again

std::uint64_t number(ByteView bytes, std::uint64_t at, unsigned width)
{
    std::uint64_t value = 0;
    for (unsigned i = 0; i < width && at + i < bytes.size(); ++i) {
        value |= std::uint64_t{static_cast<unsigned char>(bytes[at + i])} << (8 * i);
    }
    return value;
}

class Archive {
public:
    Archive(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
        : m_bytes(artifact.view())
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
        , m_giver(artifact, budget, out, model)
    {
    }

    void run()
    {
        if (!m_giver.mayOpen() || !start()) {
            return;
        }
        auto text = m_headerText;
        for (unsigned layer = 0; layer < mostLayers; ++layer) {
            m_header = readHeader(text, m_bytes.size(), m_budget);
            if (!m_header.problem.empty()) {
                broken(std::string(m_header.problem), m_headerPlace);
            }
            if (!m_header.encoded) {
                members();
                return;
            }
            if (!unpackHeader()) {
                return;
            }
            text = m_unpacked;
        }
        broken("it is packed in itself too often", m_headerPlace);
    }

    // Without trouble everything but what follows the header is understood.
    [[nodiscard]] std::uint64_t understood() const { return m_headerPlace.end; }

private:
    void broken(std::string why, ByteRange place)
    {
        noteIncomplete(m_out, "sevenzip-damaged", "The header of the archive cannot be read: " + why, place.start);
        m_model.addFlaw("sevenzip-header", place, std::move(why));
    }

    // The start header says where the header stands, at the end mostly.
    bool start()
    {
        const ByteRange place{0, std::min<std::uint64_t>(startSize, m_bytes.size())};
        if (m_bytes.size() < startSize) {
            broken("the file is cut off", place);
            return false;
        }
        if (crc32(m_bytes.substr(12, 20)) != number(m_bytes, 8, 4)) {
            m_model.addFlaw("sevenzip-checksum", place, "the start of the archive");
        }
        const auto offset = number(m_bytes, 12, 8);
        const auto size = number(m_bytes, 20, 8);
        const auto room = m_bytes.size() - startSize;
        if (size == 0) {
            m_headerPlace = place;
            return false; // an archive without files
        }
        if (offset > room || size > room - offset || size > mostHeader) {
            broken("it lies outside of the file", place);
            return false;
        }
        m_headerPlace = {startSize + offset, startSize + offset + size};
        m_headerText = slice(m_bytes, m_headerPlace);
        if (crc32(m_headerText) != number(m_bytes, 28, 4)) {
            m_model.addFlaw("sevenzip-checksum", m_headerPlace, "the header");
        }
        if (m_headerPlace.end < m_bytes.size()) {
            const auto rest = m_bytes.size() - m_headerPlace.end;
            m_model.addFlaw("sevenzip-trailing", {m_headerPlace.end, m_bytes.size()}, std::to_string(rest));
            m_giver.giveStored("trailing", {}, m_bytes.substr(m_headerPlace.end), m_headerPlace.end);
        }
        return true;
    }

    [[nodiscard]] ByteView packed(const Folder& folder) const
    {
        const auto& packs = m_header.streams.packs;
        return folder.firstPack < packs.size() ? slice(m_bytes, packs[folder.firstPack]) : ByteView();
    }

    std::unique_ptr<Decoder> decoderFor(const Folder& folder)
    {
        Trouble trouble = Trouble::None;
        auto decoder = makeDecoder(folder, trouble);
        if (trouble == Trouble::Encrypted) {
            noteIncomplete(m_out, "member-encrypted", "Parts of the archive are encrypted and were not looked at");
            m_model.addFlaw("sevenzip-encrypted", {0, 4});
        } else if (!decoder) {
            noteIncomplete(m_out, "sevenzip-method",
                trouble == Trouble::Window ? "Parts of the archive need more memory to unpack than the limit"
                                           : "Parts of the archive are packed in a way that is not read");
            m_model.addFlaw("sevenzip-method", {0, 4}, method(folder));
        }
        return decoder;
    }

    static std::string method(const Folder& folder)
    {
        constexpr std::string_view hex = "0123456789abcdef";
        std::string out;
        for (const auto& coder : folder.coders) {
            out += out.empty() ? "" : ", ";
            const bool known = coder.id == 0x030401 || coder.id == 0x0303011B || coder.id == 0x040109;
            if (known) {
                out += coder.id == 0x030401 ? "PPMd" : coder.id == 0x040109 ? "Deflate64" : "BCJ2";
                continue;
            }
            std::string digits;
            for (auto id = coder.id; id != 0 || digits.empty(); id >>= 4) {
                digits.insert(digits.begin(), hex[id & 15]);
            }
            out += digits;
        }
        return out;
    }

    bool unpackHeader()
    {
        const auto& folders = m_header.streams.folders;
        if (folders.size() != 1 || folders[0].size() > mostHeader) {
            broken("it is packed in a way nobody knows", m_headerPlace);
            return false;
        }
        const auto decoder = decoderFor(folders[0]);
        if (!decoder) {
            return false;
        }
        std::string out;
        auto in = packed(folders[0]);
        const bool whole = unpack(*decoder, in, folders[0].size(), [&](std::string_view piece) {
            out += piece;
            return true;
        });
        if (!whole) {
            broken("its packed form is damaged", m_headerPlace);
        } else if (folders[0].crc && crc32(out) != *folders[0].crc) {
            m_model.addFlaw("sevenzip-checksum", m_headerPlace, "the packed header");
        }
        m_unpacked = std::move(out);
        return whole;
    }

    // Exactly `size` bytes, piece by piece. False: there were fewer, or a limit was met.
    template <typename Take> bool unpack(Decoder& decoder, ByteView& in, std::uint64_t size, const Take& take)
    {
        while (size > 0) {
            std::size_t made = 0;
            const auto before = in.size();
            const auto room = static_cast<std::size_t>(std::min<std::uint64_t>(m_buffer.size(), size));
            const auto state = decoder.step(in, {m_buffer.data(), room}, made);
            size -= made;
            if (!m_budget.inflate(made) || !take(std::string_view(m_buffer).substr(0, made))) {
                m_limited = true;
                return false;
            }
            const bool stuck = made == 0 && in.size() == before;
            if (size > 0 && (state != Decoder::State::More || stuck)) {
                return false;
            }
        }
        return true;
    }

    void members()
    {
        judgeNames();
        std::size_t file = 0;
        std::size_t stream = 0;
        const auto& streams = m_header.streams;
        while (stream < streams.streams.size()) {
            auto end = stream;
            while (end < streams.streams.size() && streams.streams[end].folder == streams.streams[stream].folder) {
                ++end;
            }
            if (!unpackFolder(stream, end, file)) {
                return;
            }
            stream = end;
        }
    }

    void judgeNames()
    {
        for (const auto& file : m_header.files) {
            if (leavesFolder(file.name) || file.isLink()) {
                m_model.addFlaw("sevenzip-slip", m_headerPlace);
            }
        }
    }

    // The name of the next file that has bytes.
    std::string nextName(std::size_t& file) const
    {
        while (file < m_header.files.size() && !m_header.files[file].hasStream) {
            ++file;
        }
        const auto index = file++;
        return index < m_header.files.size() ? m_header.files[index].name : std::string();
    }

    // Files of one folder are one stream of bytes. False: stop.
    bool unpackFolder(std::size_t stream, std::size_t end, std::size_t& file)
    {
        const auto& folder = m_header.streams.folders[m_header.streams.streams[stream].folder];
        auto in = packed(folder);
        const auto ratioCap = std::max<std::uint64_t>(1 << 20, in.size() * m_budget.limits().inflationRatio);
        const auto decoder = decoderFor(folder);
        std::uint64_t total = 0;
        bool damaged = !decoder;
        for (; stream < end; ++stream) {
            const auto name = nextName(file);
            if (damaged) {
                continue;
            }
            if (!m_giver.hasRoom()) {
                return false;
            }
            const auto& one = m_header.streams.streams[stream];
            auto content = std::make_shared<std::string>();
            const bool whole = unpack(*decoder, in, one.size, [&](std::string_view piece) {
                total += piece.size();
                *content += piece;
                return content->size() <= m_budget.limits().memberBytes && total <= ratioCap;
            });
            if (!whole) {
                trouble();
                damaged = true;
            }
            const bool wrong = whole && one.crc && crc32(*content) != *one.crc;
            if (wrong) {
                m_model.addFlaw("sevenzip-checksum", {0, 4}, "a member");
            }
            if (!content->empty() || whole) {
                m_giver.give(isUtf8(name) ? name : toDisplay(name, 4'096), {}, std::move(content), wrong);
            }
            if (m_budget.stopped()) {
                noteIncomplete(m_out, "stopped", "Unpacking stopped early");
                return false;
            }
        }
        return true;
    }

    void trouble()
    {
        if (m_limited) {
            noteIncomplete(m_out, "member-too-large",
                "A member grows beyond the limit when unpacked; only its beginning was looked at");
            m_out.flaws.push_back({"zip-bomb", {0, 4}, {}, -1, 1});
        } else {
            noteIncomplete(m_out, "member-damaged", "A member is damaged; what came before the damage was read");
            m_model.addFlaw("sevenzip-damaged", {0, 4});
        }
        m_limited = false;
    }

    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    MemberGiver m_giver;
    Header m_header;
    ByteRange m_headerPlace;
    ByteView m_headerText;
    std::string m_unpacked;
    std::string m_buffer = std::string(std::size_t{1} << 16, '\0');
    bool m_limited = false;
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    return head.starts_with(magic) ? 95 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.hasLines = false;
    out.coverage.total = artifact.view().size();
    auto model = std::make_shared<ModelContent>();
    model->kind = "7z archive";
    if (isNamedModel(artifact.fileName())) {
        out.flaws.push_back(
            {"archive-disguised", {0, std::min<std::uint64_t>(artifact.view().size(), 4)}, "7z", -1, 1});
    }
    Archive archive(artifact, budget, out, *model);
    archive.run();
    out.coverage.understood =
        out.status == ReadStatus::Complete ? std::min<std::uint64_t>(archive.understood(), out.coverage.total) : 0;
    out.model = std::move(model);
}

} // namespace cupel::formats::sevenzip
