// SPDX-License-Identifier: GPL-3.0-or-later
// Zip containers through libzip: members become artifacts of their own, within the budget (bombs: CVE-2019-9674 class).
#include "analyzers/base/budget.h"
#include "analyzers/formats/zip/zip_directory.h"
#include "analyzers/formats/zip/zip_sweep.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <map>
#include <memory>

#include <zip.h>

namespace cupel::formats::zip {

namespace {

struct Closer {
    void operator()(zip_t* archive) const { zip_discard(archive); }
    void operator()(zip_file_t* file) const { zip_fclose(file); }
};
using ArchivePtr = std::unique_ptr<zip_t, Closer>;
using MemberPtr = std::unique_ptr<zip_file_t, Closer>;

void note(Facts& out, std::string code, std::string message)
{
    out.status = out.status == ReadStatus::Unreadable ? out.status : ReadStatus::Partial;
    out.diagnostics.push_back({std::move(code), std::move(message), 0, DiagnosticLevel::Incomplete});
}

ArchivePtr open(ByteView bytes, Facts& out)
{
    zip_error_t error;
    zip_error_init(&error);
    zip_source_t* source = zip_source_buffer_create(bytes.data(), bytes.size(), 0, &error);
    zip_t* archive = source ? zip_open_from_source(source, ZIP_RDONLY | ZIP_CHECKCONS, &error) : nullptr;
    if (!archive && source) {
        // Inconsistent archives are still read as far as they go; the inconsistency itself is worth a finding.
        out.flaws.push_back({"zip-inconsistent", {0, std::min<std::uint64_t>(bytes.size(), 4)}, {}, -1, 1});
        archive = zip_open_from_source(source, ZIP_RDONLY, &error);
    }
    if (!archive && source) {
        zip_source_free(source);
    }
    zip_error_fini(&error);
    return ArchivePtr(archive);
}

// Reads one member; empty pointer with a diagnostic when a limit or an error stops it. The buffer serves all members:
// filling one for each of a hundred thousand took longer than reading them.
std::shared_ptr<const std::string> readMember(
    zip_t* archive, zip_uint64_t index, const zip_stat_t& stat, std::string& buffer, Budget& budget, Facts& out)
{
    const auto& limits = budget.limits();
    const std::string number = "member " + std::to_string(index);
    const MemberPtr file(zip_fopen_index(archive, index, 0));
    if (!file) {
        const bool locked = (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) && stat.encryption_method != ZIP_EM_NONE;
        note(out, locked ? "member-encrypted" : "member-unreadable",
            "Zip " + number + (locked ? " is encrypted and was not looked at" : " could not be opened"));
        return {};
    }
    auto data = std::make_shared<std::string>();
    while (true) {
        const auto count = zip_fread(file.get(), buffer.data(), buffer.size());
        if (count < 0) {
            note(out, "member-damaged", "Zip " + number + " is damaged; what came before the damage was read");
            break;
        }
        if (count == 0) {
            break;
        }
        data->append(buffer, 0, static_cast<std::size_t>(count));
        const auto ratioCap = std::max<std::uint64_t>(1 << 20, stat.comp_size * limits.inflationRatio);
        if (!budget.inflate(static_cast<std::uint64_t>(count)) || data->size() > limits.memberBytes
            || data->size() > ratioCap) {
            note(out, "member-too-large",
                "Zip " + number + " grows beyond the limit when unpacked; only its beginning was looked at");
            out.flaws.push_back({"zip-bomb", {0, 4}, {}, -1, 1});
            break;
        }
    }
    return data;
}

// Names that repeat are told apart: programs differ in which of the members they see, so all are looked at.
std::string uniqueName(std::string_view name, std::map<std::string, std::uint32_t>& seen)
{
    std::string unique(name);
    for (auto number = ++seen[unique]; number > 1; number = ++seen[unique]) {
        unique = std::string(name) + " (" + std::to_string(number) + ")";
    }
    return unique;
}

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

// The name to show for a member; what stands in its name and comment is given to the rules.
std::string shownName(zip_t* archive, zip_uint64_t index, std::string name, DirectoryPlaces& places, Facts& out)
{
    const char* written = zip_get_name(archive, index, ZIP_FL_ENC_RAW);
    const auto entry = places.next(written ? ByteView(written) : ByteView(name));
    addComment(entry.comment, out);
    return out.nameChild ? out.nameChild(std::move(name), entry.name) : name;
}

// Names that leave the folder where they are unpacked, and links that do.
void judgeNames(ByteView bytes, const std::vector<DirectoryEntry>& directory, Facts& out)
{
    constexpr std::uint32_t onUnix = 3;
    std::uint32_t count = 0;
    ByteRange first;
    for (const auto& entry : directory) {
        const auto name = slice(bytes, entry.name);
        const bool drive = name.size() > 1 && name[1] == ':';
        const bool up =
            name == ".." || name.starts_with("../") || name.find("/../") != ByteView::npos || name.ends_with("/..");
        const bool link = entry.madeBy == onUnix && (entry.attributes >> 28) == 0xA;
        if (name.starts_with('/') || drive || up || link || name.find('\\') != ByteView::npos
            || name.find('\0') != ByteView::npos) {
            first = count++ == 0 ? entry.name : first;
        }
    }
    if (count > 0) {
        out.flaws.push_back({"zip-slip", first, std::to_string(count), -1, count});
    }
}

void giveMember(std::string name, std::shared_ptr<const std::string> data, Facts& out)
{
    ChildArtifact child{std::move(name), std::move(data)};
    if (out.takeChild) {
        out.takeChild(child);
        child.bytes.reset();
    }
    out.children.push_back(std::move(child));
}

// What loaders see that do not believe the directory.
void addHidden(const Artifact& artifact, const std::vector<DirectoryEntry>& directory,
    const std::vector<std::uint64_t>& unread, std::map<std::string, std::uint32_t>& names, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    std::uint32_t count = 0;
    std::uint64_t first = 0;
    sweep(bytes, directory, unread, budget, [&](SweptMember member) {
        if (out.children.size() >= budget.limits().entries || (artifact.depth > 0 && !budget.nestedMember())) {
            note(out, "too-many-members", "There are more members than the limit; the rest was not looked at");
            return false;
        }
        first = count++ == 0 ? member.header : first;
        const auto name = out.nameChild
            ? out.nameChild(std::move(member.name), {member.header + 30, member.header + 30 + member.name.size()})
            : std::move(member.name);
        giveMember(uniqueName(name, names), std::make_shared<const std::string>(std::move(member.content)), out);
        return !budget.stopped();
    });
    if (count > 0) {
        out.flaws.push_back({"zip-hidden", {first, std::min<std::uint64_t>(first + 4, bytes.size())},
            std::to_string(count), -1, count});
    }
}

// By the directory, as libzip reads it. Gives the local headers of members that it does not lead to.
std::vector<std::uint64_t> readMembers(zip_t* archive, const Artifact& artifact,
    const std::vector<DirectoryEntry>& directory, std::map<std::string, std::uint32_t>& names, Budget& budget,
    Facts& out)
{
    const auto bytes = artifact.view();
    const auto count = static_cast<std::uint64_t>(std::max<zip_int64_t>(0, zip_get_num_entries(archive, 0)));
    if (count > budget.limits().entries) {
        note(out, "too-many-members", "The zip file has more members than the limit; the rest was not looked at");
    }
    std::uint64_t packed = 0;
    std::string buffer(std::size_t{1} << 16, '\0');
    std::vector<std::uint64_t> unread;
    DirectoryPlaces places(bytes);
    addFileComment(archive, bytes, out);
    for (std::uint64_t i = 0; i < std::min(count, budget.limits().entries); ++i) {
        zip_stat_t stat;
        zip_stat_init(&stat);
        if (zip_stat_index(archive, i, 0, &stat) != 0 || !stat.name) {
            note(out, "member-unreadable", "Zip member " + std::to_string(i) + " has no readable entry");
            continue;
        }
        const std::string name = shownName(archive, i, stat.name, places, out);
        if (name.empty() || name.ends_with('/')) {
            continue;
        }
        // More packed bytes than the file has: members that share their bytes, as only bombs do.
        packed += std::min<std::uint64_t>(stat.comp_size, bytes.size());
        if (packed > bytes.size()) {
            note(out, "members-overlap", "Members of the zip file overlap each other; the rest was not looked at");
            out.flaws.push_back({"zip-bomb", {0, 4}, {}, -1, 1});
            break;
        }
        if (artifact.depth > 0 && !budget.nestedMember()) {
            note(out, "too-many-members",
                "Nested containers have more members than the limit; the rest was not looked at");
            break;
        }
        if (auto data = readMember(archive, i, stat, buffer, budget, out)) {
            giveMember(uniqueName(name, names), std::move(data), out);
            if (i < directory.size() && directory[i].moved) {
                unread.push_back(directory[i].header);
            }
        } else if (i < directory.size()) {
            unread.push_back(directory[i].header);
        }
        if (budget.stopped()) {
            note(out, "stopped", "Unpacking stopped early");
            break;
        }
    }
    return unread;
}

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
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    const auto directory = readDirectory(bytes);
    const auto archive = open(bytes, out);
    std::map<std::string, std::uint32_t> names;
    judgeNames(bytes, directory, out);
    if (!archive && artifact.depth < budget.limits().containerDepth) {
        addHidden(artifact, {}, {}, names, budget, out);
    }
    if (!archive && !out.children.empty()) {
        note(out, "zip-damaged", "The zip file has no readable directory; members were found by their own headers");
        return;
    }
    if (!archive) {
        out.status = ReadStatus::Unreadable;
        out.diagnostics.push_back(
            {"zip-damaged", "The zip file has no readable directory", 0, DiagnosticLevel::Incomplete});
        return;
    }
    if (artifact.depth >= budget.limits().containerDepth) {
        note(out, "container-depth", "Containers are nested too deeply; this one was not opened");
        return;
    }
    const auto unread = readMembers(archive.get(), artifact, directory, names, budget, out);
    if (!budget.stopped()) {
        addHidden(artifact, directory, unread, names, budget, out);
    }
    out.coverage.understood = out.status == ReadStatus::Complete ? bytes.size() : 0;
}

} // namespace cupel::formats::zip
