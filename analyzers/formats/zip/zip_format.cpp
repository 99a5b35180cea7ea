// SPDX-License-Identifier: GPL-3.0-or-later
// Zip containers through libzip: members become artifacts of their own, within the budget (bombs: CVE-2019-9674 class),
// and what the directory does not show is swept up behind it.
#include "analyzers/base/budget.h"
#include "analyzers/base/byte_cover.h"
#include "analyzers/base/checksums.h"
#include "analyzers/base/utf8.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/keras_archive.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/unpacked.h"
#include "analyzers/formats/zip/zip_audit.h"
#include "analyzers/formats/zip/zip_cut.h"
#include "analyzers/formats/zip/zip_open.h"
#include "analyzers/formats/zip/zip_sweep.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <optional>
#include <string_view>
#include <unordered_map>

#include <zip.h>

namespace cupel::formats::zip {

namespace {

void addComment(ByteRange place, Facts& out)
{
    if (!place.empty()) {
        Region region;
        region.kind = RegionKind::Name;
        region.part = Part::Metadata;
        region.bytes = place;
        region.name = "comment";
        out.regions.push_back(std::move(region));
    }
}

// The comment of the whole file stands at its end.
void addFileComment(zip_t* archive, ByteView bytes, Facts& out)
{
    int length = 0;
    const char* text = zip_get_archive_comment(archive, &length, ZIP_FL_ENC_RAW);
    if (text && length > 0 && bytes.ends_with(ByteView(text, static_cast<std::size_t>(length)))) {
        addComment({bytes.size() - static_cast<std::uint64_t>(length), bytes.size()}, out);
    }
}

class Reader {
public:
    Reader(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
        : m_artifact(artifact)
        , m_bytes(artifact.view())
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
        , m_cut(findCut(m_bytes, budget))
        , m_directory(m_cut ? m_cut->whole : readDirectory(m_bytes))
        , m_giver(artifact, budget, out, model)
    {
    }

    void run()
    {
        m_model.kind = std::string(kindOf(m_bytes, m_directory));
        judgeNames(m_bytes, m_directory, m_out);
        if (m_cut) {
            m_giver.setNeighbours(neighboursOf(m_bytes, m_directory));
            cutOff();
            return;
        }
        audit(m_bytes, m_directory, m_budget, m_model);
        m_giver.setNeighbours(neighboursOf(m_bytes, m_directory));
        m_archive = open(m_bytes, m_out);
        if (!m_archive) {
            withoutDirectory();
            return;
        }
        if (!m_giver.mayOpen()) {
            return;
        }
        addFileComment(m_archive.get(), m_bytes, m_out);
        members();
        if (!m_budget.stopped()) {
            hidden(true);
        }
        m_out.coverage.understood = understood();
        behind();
    }

private:
    // All but what members hold that could not be read; nothing where somebody gave up on the whole.
    [[nodiscard]] std::uint64_t understood() const
    {
        const auto told = std::count_if(m_out.diagnostics.begin(), m_out.diagnostics.end(),
            [](const Diagnostic& one) { return one.level == DiagnosticLevel::Incomplete; });
        const bool membersOnly = static_cast<std::uint64_t>(told) == m_troubledMembers;
        return membersOnly ? m_bytes.size() - std::min<std::uint64_t>(m_lost, m_bytes.size()) : 0;
    }

    // Bytes that no reader looks at, as for any other format. Filling is none.
    void behind()
    {
        const auto found = std::find_if(m_model.flaws.begin(), m_model.flaws.end(),
            [](const ModelFlaw& flaw) { return flaw.code == "zip-trailing"; });
        if (found != m_model.flaws.end() && !isFiller(slice(m_bytes, found->bytes))) {
            noteIncomplete(m_out, "trailing-bytes",
                counted(found->bytes.size(), "byte follows", "bytes follow") + " the end of the archive",
                found->bytes.start);
        }
    }

    void noteMember(std::string code, std::string message, std::uint64_t lost)
    {
        noteIncomplete(m_out, std::move(code), std::move(message));
        ++m_troubledMembers;
        m_lost += std::min<std::uint64_t>(lost, m_bytes.size());
    }

    void withoutDirectory()
    {
        if (m_artifact.depth < m_budget.limits().containerDepth) {
            hidden(false);
        }
        if (!m_out.children.empty()) {
            noteIncomplete(m_out, "zip-damaged",
                "The zip file has no readable directory; members were found by their own headers");
            return;
        }
        m_out.status = ReadStatus::Unreadable;
        m_out.diagnostics.push_back(
            {"zip-damaged", "The zip file has no readable directory", 0, DiagnosticLevel::Incomplete});
    }

    // What is left of it is read by the headers of its members. Nothing is hidden by a directory that is not there.
    void cutOff()
    {
        const auto size = m_bytes.size();
        auto words = "it ends at byte " + std::to_string(size);
        std::vector<ByteRange> quotes;
        if (!m_cut->inside.empty()) {
            words += " inside of \"" + toDisplay(slice(m_bytes, m_cut->inside), 120) + '"';
            quotes.push_back(m_cut->inside);
        } else {
            words += m_cut->inDirectory ? " inside of its directory" : ", where a header should follow";
        }
        words += "; "
            + (m_cut->count == 0 ? "no member stands whole"
                                 : counted(m_cut->count, "member stands", "members stand") + " whole, up to byte "
                        + std::to_string(m_cut->readable) + ", and {was|were} looked at");
        m_model.addFlaw("zip-cut", {std::min(m_cut->readable, size - 1), size}, agreeing(words, m_cut->count == 1),
            std::move(quotes));
        if (m_giver.mayOpen()) {
            (void)swept(false);
        }
        noteIncomplete(m_out, "zip-cut",
            "The zip file is cut off at byte " + std::to_string(size) + "; what came after that was not checked", size);
        m_out.coverage.understood = m_cut->inDirectory ? size : m_cut->readable;
    }

    // By the directory, as libzip reads it. Members that it does not lead to are left to the sweep.
    void members()
    {
        const auto count =
            static_cast<std::uint64_t>(std::max<zip_int64_t>(0, zip_get_num_entries(m_archive.get(), 0)));
        if (count > m_budget.limits().entries) {
            noteIncomplete(
                m_out, "too-many-members", "The zip file has more members than the limit; the rest was not looked at");
        }
        for (const auto index : inOrder(count)) {
            if (!member(index)) {
                break;
            }
            if (m_budget.stopped()) {
                noteIncomplete(m_out, "stopped", "Unpacking stopped early");
                break;
            }
        }
    }

    // Where there are too many, first what a loader opens by its name: it stands behind as many others as somebody
    // likes.
    [[nodiscard]] std::vector<std::uint64_t> inOrder(std::uint64_t count) const
    {
        std::vector<std::uint64_t> out(count);
        std::iota(out.begin(), out.end(), std::uint64_t{0});
        const auto most = m_budget.limits().entries;
        if (out.size() > most) {
            std::stable_partition(out.begin(), out.end(), [this](std::uint64_t index) {
                const char* written = zip_get_name(m_archive.get(), index, ZIP_FL_ENC_RAW);
                const std::string_view name = written ? written : "";
                return isNamedModel(name) || name.ends_with(".npy") || name.ends_with(".py");
            });
            out.resize(most);
        }
        return out;
    }

    // False: no more of them.
    bool member(std::uint64_t index)
    {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat_index(m_archive.get(), index, 0, &stat) != 0 || !stat.name) {
            noteIncomplete(
                m_out, "member-unreadable", "Zip member " + std::to_string(index) + " has no readable entry");
            return true;
        }
        const std::string name = stat.name;
        const char* written = zip_get_name(m_archive.get(), index, ZIP_FL_ENC_RAW);
        const auto entry = place(index, written ? ByteView(written) : ByteView(name));
        addComment(entry.comment, m_out);
        if (name.empty() || name.ends_with('/')) {
            return true;
        }
        // More packed bytes than the file has: members that share their bytes, as only bombs do.
        m_packed += std::min<std::uint64_t>(stat.comp_size, m_bytes.size());
        if (m_packed > m_bytes.size()) {
            noteIncomplete(
                m_out, "members-overlap", "Members of the zip file overlap each other; the rest was not looked at");
            m_out.flaws.push_back({"zip-bomb", {0, 4}, {}, -1, 1});
            return false;
        }
        if (m_artifact.depth > 0 && !m_giver.hasRoom()) {
            return false;
        }
        const bool listed = index < m_directory.size();
        if (auto data = read(index, stat, listed ? m_directory[index].name : ByteRange{})) {
            m_giver.give(name, entry.name, std::move(data), m_wrongSum);
            if (listed && m_directory[index].moved) {
                m_unread.push_back(m_directory[index].header);
            }
        } else if (listed) {
            m_unread.push_back(m_directory[index].header);
        }
        return true;
    }

    // What the directory says of it; libzip may follow another one. Nothing: none here has its name.
    [[nodiscard]] DirectoryEntry place(std::uint64_t index, ByteView name)
    {
        const auto nameOf = [this](const DirectoryEntry& entry) {
            const auto written = slice(m_bytes, entry.name);
            return written.substr(0, written.find('\0'));
        };
        if (index < m_directory.size() && nameOf(m_directory[index]) == name) {
            return m_directory[index];
        }
        if (m_byName.empty()) {
            for (std::size_t i = 0; i < m_directory.size(); ++i) {
                m_byName.emplace(nameOf(m_directory[i]), i);
            }
        }
        const auto found = m_byName.find(name);
        return found == m_byName.end() ? DirectoryEntry{} : m_directory[found->second];
    }

    // Piece by piece, so that what was looked at of a large one can be let go of; none when the budget ends before it.
    std::optional<std::uint32_t> sumOf(ByteView data)
    {
        constexpr std::size_t piece = 1 << 20;
        std::uint32_t sum = 0;
        for (std::size_t at = 0; at < data.size(); at += piece) {
            if (!m_budget.spend(piece)) {
                return std::nullopt;
            }
            sum = crc32(data.substr(at, piece), sum);
        }
        return sum;
    }

    // Reads one member; empty pointer with a diagnostic when a limit or an error stops it. The buffer serves all
    // members: filling one for each of a hundred thousand took longer than reading them.
    SharedBytes read(zip_uint64_t index, const zip_stat_t& stat, ByteRange place)
    {
        const std::string number = "member " + std::to_string(index);
        m_wrongSum = false;
        if (const auto data = stored(index, stat)) {
            if (!m_budget.limits().checksums) {
                noteLeftOut(m_out, "Checksums of its members were not compared, as asked for");
            } else if (const auto sum = sumOf(data.view()); sum && *sum != stat.crc) {
                noteChecksum(number, place);
            }
            return data;
        }
        const MemberPtr file(zip_fopen_index(m_archive.get(), index, 0));
        if (!file) {
            const bool locked = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE;
            if (auto data = locked ? nullptr : rarely(index, stat, place)) {
                return data;
            }
            noteMember(locked ? "member-encrypted" : "member-unreadable",
                "Zip " + number + (locked ? " is encrypted and was not looked at" : " could not be opened"),
                stat.comp_size);
            m_model.addFlaw(locked ? "zip-encrypted" : "zip-unopened", place);
            return {};
        }
        auto data = std::make_shared<std::string>();
        while (true) {
            const auto count = zip_fread(file.get(), m_buffer.data(), m_buffer.size());
            if (count < 0) {
                const bool sum = zip_error_code_zip(zip_file_get_error(file.get())) == ZIP_ER_CRC;
                if (sum) {
                    noteChecksum(number, place);
                } else {
                    noteMember("member-damaged", "Zip " + number + " is damaged; what came before the damage was read",
                        stat.comp_size);
                    m_model.addFlaw("zip-damaged", place, toDisplay(slice(m_bytes, place), 80));
                }
                break;
            }
            if (count == 0) {
                break;
            }
            data->append(m_buffer, 0, static_cast<std::size_t>(count));
            if (!withinLimits(static_cast<std::uint64_t>(count), *data, stat)) {
                noteTooLarge(number, stat.comp_size);
                break;
            }
        }
        return data;
    }

    // Packed by a method that libzip may not have been built for, and other readers were.
    std::shared_ptr<std::string> rarely(zip_uint64_t index, const zip_stat_t& stat, ByteRange place)
    {
        LocalHeader local;
        if (index >= m_directory.size() || !readLocal(m_bytes, m_directory[index].header, local)) {
            return nullptr;
        }
        const auto& limits = m_budget.limits();
        const auto packed = m_bytes.substr(local.data, m_directory[index].packed);
        const auto most =
            std::min<std::uint64_t>(limits.memberBytes, (1 << 20) + packed.size() * limits.inflationRatio);
        auto data = unpackedMember(m_directory[index].method, packed, most, m_budget);
        if (!data || data->empty()) {
            return nullptr;
        }
        const auto number = "member " + std::to_string(index);
        if (data->size() >= most || m_budget.stopped()) {
            noteTooLarge(number, stat.comp_size);
        } else if (crc32(*data) != stat.crc) {
            noteChecksum(number, place);
        }
        return std::make_shared<std::string>(std::move(*data));
    }

    void noteTooLarge(const std::string& number, std::uint64_t packed)
    {
        noteMember("member-too-large",
            "Zip " + number + " grows beyond the limit when unpacked; only its beginning was looked at", packed);
        m_out.flaws.push_back({"zip-bomb", {0, 4}, {}, -1, 1});
    }

    void noteChecksum(const std::string& number, ByteRange place)
    {
        m_wrongSum = true;
        noteMember("member-damaged",
            "Zip " + number + " has another checksum than the directory says; it was read nevertheless", 0);
        m_model.addFlaw("zip-checksum", place, toDisplay(slice(m_bytes, place), 80));
    }

    // A member that is not compressed is a part of the file, whatever its size, and not copied. None: libzip has to
    // read it, or say what is wrong with it.
    [[nodiscard]] SharedBytes stored(zip_uint64_t index, const zip_stat_t& stat) const
    {
        constexpr zip_uint64_t told = ZIP_STAT_COMP_METHOD | ZIP_STAT_SIZE | ZIP_STAT_COMP_SIZE | ZIP_STAT_CRC;
        if (index >= m_directory.size() || (stat.valid & told) != told || stat.comp_method != ZIP_CM_STORE
            || ((stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE)) {
            return {};
        }
        const auto& entry = m_directory[index];
        LocalHeader local;
        const bool same = entry.packed == stat.comp_size && entry.size == stat.size && stat.size == stat.comp_size
            && readLocal(m_bytes, entry.header, local) && local.method == 0 && local.name == slice(m_bytes, entry.name)
            && stat.size <= m_bytes.size() - local.data;
        return same ? m_artifact.bytes.part({local.data, local.data + stat.size}) : SharedBytes();
    }

    bool withinLimits(std::uint64_t added, const std::string& data, const zip_stat_t& stat)
    {
        const auto& limits = m_budget.limits();
        const auto ratioCap = std::max<std::uint64_t>(1 << 20, stat.comp_size * limits.inflationRatio);
        return m_budget.inflate(added) && data.size() <= limits.memberBytes && data.size() <= ratioCap;
    }

    // What loaders see that do not believe the directory: how many, and where the first is.
    std::pair<std::uint32_t, std::uint64_t> swept(bool byDirectory)
    {
        std::uint32_t count = 0;
        std::uint64_t first = 0;
        // Headers with nothing behind them hold nothing: a crowd of those is counted, and takes no room.
        constexpr std::uint32_t mostEmpty = 100;
        std::uint32_t empty = 0;
        const auto take = [&](SweptMember member) {
            const bool nothing = member.stored.empty() && member.content.empty();
            if (nothing && ++empty > mostEmpty) {
                ++count;
                return !m_budget.stopped();
            }
            if (!m_giver.hasRoom()) {
                return false;
            }
            first = count++ == 0 ? member.header : std::min(first, member.header);
            m_giver.give(member.name, {member.header + 30, member.header + 30 + member.name.size()},
                member.stored.data() ? SharedBytes(m_artifact.bytes.owner(), member.stored)
                                     : std::make_shared<const std::string>(std::move(member.content)));
            return !m_budget.stopped();
        };
        byDirectory ? sweep(m_bytes, m_directory, m_unread, m_budget, take)
                    : sweepAll(m_bytes, m_directory, m_budget, take);
        return {count, first};
    }

    void hidden(bool byDirectory)
    {
        const auto [count, first] = swept(byDirectory);
        if (count > 0) {
            m_out.flaws.push_back({"zip-hidden", {first, std::min<std::uint64_t>(first + 4, m_bytes.size())},
                std::to_string(count), -1, count});
        }
    }

    const Artifact& m_artifact;
    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    std::optional<Cut> m_cut;
    std::vector<DirectoryEntry> m_directory; // of a cut one: what headers say
    MemberGiver m_giver;
    ArchivePtr m_archive;
    std::string m_buffer = std::string(std::size_t{1} << 16, '\0');
    std::vector<std::uint64_t> m_unread; // local headers of members that could not be read
    std::unordered_map<std::string_view, std::size_t> m_byName; // only where libzip follows another directory
    bool m_wrongSum = false; // of the member that was read last
    std::uint64_t m_packed = 0;
    std::uint64_t m_troubledMembers = 0; // diagnostics about one of them
    std::uint64_t m_lost = 0; // their packed bytes that were not read
};

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view /*fileName*/)
{
    using namespace std::string_view_literals;
    return head.starts_with("PK\3\4"sv) || head.starts_with("PK\5\6"sv) ? 90 : 0;
}

bool sniffEnd(ByteView bytes)
{
    return endsAsZip(bytes);
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.coverage.total = artifact.view().size();
    auto model = std::make_shared<ModelContent>();
    Reader(artifact, budget, out, *model).run();
    judgeKerasArchive(artifact, out, *model);
    if (!model->kind.empty() || !model->flaws.empty()) {
        model->kind = model->kind.empty() ? "zip archive" : model->kind;
        out.model = std::move(model);
    }
}

} // namespace cupel::formats::zip
