// SPDX-License-Identifier: GPL-3.0-or-later
// Tar archives as the union of what readers see: where two readers differ in what comes next, both ways are gone.
// POSIX.1-2017 pax, and the forms of GNU tar and of v7.
#include "analyzers/base/budget.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/members.h"
#include "analyzers/formats/tar/tar_header.h"
#include "analyzers/formats/tar/tar_records.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <unordered_set>
#include <utility>
#include <vector>

namespace cupel::formats::tar {

namespace {

constexpr std::size_t mostLinks = 10'000; // that are remembered
constexpr std::size_t longestLink = 4'096;
constexpr std::uint64_t noLetters = 0xCBF29CE484222325; // the sum of an empty name
constexpr std::size_t mostRegions = 20'000;
constexpr std::size_t mostWays = 1'000; // places where readers differ
constexpr std::uint64_t mostSearches = 4; // over the whole file, for headers

std::uint64_t padded(std::uint64_t size)
{
    return (size + blockSize - 1) / blockSize * blockSize;
}

// Whether a link in the folder of `name` that points to `target` leads out of the archive.
bool linkLeaves(std::string_view name, std::string_view target)
{
    if (target.starts_with('/') || target.find('\\') != std::string_view::npos
        || (target.size() > 1 && target[1] == ':')) {
        return true;
    }
    auto depth = std::count(name.begin(), name.end(), '/');
    for (std::size_t start = 0; start <= target.size();) {
        const auto end = std::min(target.find('/', start), target.size());
        const auto part = target.substr(start, end - start);
        depth += part == ".." ? -1 : part.empty() || part == "." ? 0 : 1;
        if (depth < 0) {
            return true;
        }
        start = end + 1;
    }
    return false;
}

class Reader {
public:
    Reader(const Artifact& artifact, Budget& budget, Facts& out, ModelContent& model)
        : m_bytes(artifact.view())
        , m_budget(budget)
        , m_out(out)
        , m_model(model)
        , m_giver(artifact, budget, out, model)
    {
    }

    void run()
    {
        if (!m_giver.mayOpen()) {
            return;
        }
        walk(0);
        for (std::size_t i = 0; i < m_ways.size() && m_going; ++i) {
            walk(m_ways[i]);
        }
        m_out.coverage.understood = std::min<std::uint64_t>(m_understood, m_bytes.size());
        if (!m_endSeen && m_going && m_out.status == ReadStatus::Complete) {
            noteIncomplete(m_out, "tar-no-end",
                "The archive has no mark of its end: members may be missing, and what is missing was not checked",
                m_bytes.size());
        }
    }

private:
    void flaw(std::string_view code, std::uint64_t at, std::string detail = {}, std::uint64_t size = blockSize)
    {
        m_model.addFlaw(code, {at, std::min<std::uint64_t>(at + size, m_bytes.size())}, std::move(detail));
    }

    // Another reader goes on here.
    void way(std::uint64_t at)
    {
        if (m_ways.size() < mostWays && looksLikeHeader(m_bytes, at)) {
            m_ways.push_back(at);
        } else if (m_ways.size() >= mostWays) {
            noteIncomplete(m_out, "tar-ways", "Readers of the archive differ at too many places", at);
            m_going = false;
        }
    }

    void walk(std::uint64_t at)
    {
        m_next = {};
        m_common = {};
        while (m_going && at < m_bytes.size() && m_seen.insert(at).second) {
            if (!m_budget.spend(blockSize)) {
                noteIncomplete(m_out, "stopped", "Reading stopped early", at);
                m_going = false;
                return;
            }
            if (m_seen.size() > 2 * m_budget.limits().entries) {
                noteIncomplete(
                    m_out, "too-many-members", "There are more members than the limit; the rest was not looked at", at);
                m_going = false;
                return;
            }
            if (isZeroBlock(m_bytes, at)) {
                at = behindEnd(at);
                continue;
            }
            const auto header = readHeader(m_bytes, at);
            if (!header || !header->checksum) {
                at = damaged(at);
                continue;
            }
            at = member(*header);
        }
    }

    // Zeros end an archive; what follows them is another one, or hidden.
    std::uint64_t behindEnd(std::uint64_t at)
    {
        const auto found = m_bytes.find_first_not_of('\0', at);
        const auto end = found == ByteView::npos ? m_bytes.size() : found / blockSize * blockSize;
        m_understood += end - at;
        m_endSeen = true;
        if (end >= m_bytes.size()) {
            return m_bytes.size();
        }
        if (looksLikeHeader(m_bytes, end)) {
            flaw("tar-concatenated", end);
            return end;
        }
        const auto next = nextHeader(end);
        flaw("tar-trailing", end, std::to_string(next - end), next - end);
        noteIncomplete(
            m_out, "trailing-bytes", counted(next - end, "byte follows", "bytes follow") + " the archive", end);
        m_giver.giveStored("trailing-" + std::to_string(end), {}, m_bytes.substr(end, next - end), end);
        return next;
    }

    [[nodiscard]] std::uint64_t nextHeader(std::uint64_t at)
    {
        for (auto next = at + blockSize; next + blockSize <= m_bytes.size() && m_budget.spend(blockSize);
            next += blockSize) {
            if (looksLikeHeader(m_bytes, next)) {
                return next;
            }
            m_searched += blockSize;
        }
        m_going = m_going && m_searched <= mostSearches * m_bytes.size(); // ways that meet the same gap again and again
        return m_bytes.size();
    }

    // Some readers stop here, others look for the next header.
    std::uint64_t damaged(std::uint64_t at)
    {
        const auto left = m_bytes.size() - at;
        const auto next = nextHeader(at);
        flaw(left < blockSize ? "tar-truncated" : "tar-checksum", at, std::to_string(next - at));
        noteIncomplete(
            m_out, "tar-damaged", counted(next - at, "byte belongs", "bytes belong") + " to no readable member", at);
        const auto content = std::min(left < blockSize ? at : at + blockSize, next); // behind what would be a header
        m_giver.giveStored("unreadable-" + std::to_string(at), {}, slice(m_bytes, {content, next}), content);
        return next;
    }

    std::uint64_t member(const Header& header)
    {
        const auto data = header.at + blockSize;
        m_understood += blockSize;
        if (!header.sizeKnown) {
            flaw("tar-size", header.at);
            noteIncomplete(m_out, "tar-size", "The size of a member cannot be read", header.at);
            return data;
        }
        if (header.type == 'x' || header.type == 'g' || header.type == 'L' || header.type == 'K') {
            return about(header, data);
        }
        auto next = std::move(m_next);
        m_next = {};
        for (auto* part : {&next, &m_common}) {
            if (part->damaged) {
                flaw("tar-extended", header.at);
                part->damaged = false;
            }
        }
        if (!next.size) {
            next.size = m_common.size;
        }
        const auto name = next.name ? *next.name : m_common.name ? *m_common.name : header.name;
        const auto place = next.name ? next.namePlace : header.namePlace;
        const auto size = next.size.value_or(header.size);
        const bool common = !next.name && m_common.name;
        if (!common || !std::exchange(m_commonJudged, true)) {
            judgeName(name, header.at);
        }
        if (!m_budget.spend(name.size())) {
            return m_bytes.size(); // told by whoever asks next
        }
        const bool plain = isFile(header.type);
        if (size != header.size && plain) {
            flaw("tar-sizes-differ", header.at);
            way(data + padded(std::min<std::uint64_t>(header.size, m_bytes.size())));
        }
        if (!plain) {
            return special(header, name, next.link ? *next.link : std::string(header.link), data, size);
        }
        return file(header, name, place, data, size, next.sparse || m_common.sparse);
    }

    static bool isFile(char type)
    {
        return type < '1' || type > '6'; // POSIX: what is not known is a file
    }

    std::uint64_t about(const Header& header, std::uint64_t data)
    {
        const auto held = std::min<std::uint64_t>(header.size, m_bytes.size() - data);
        const auto content = m_bytes.substr(data, held);
        if (held < header.size) {
            truncated(header.at);
        }
        if (header.type == 'x') {
            readPax(content, data, m_next);
        } else if (header.type == 'g') {
            readPax(content, data, m_common);
            m_commonJudged = false;
        } else if (header.type == 'L') {
            m_next.name = std::string(longText(content));
            m_next.namePlace = {data, data + m_next.name->size()};
        } else {
            m_next.link = std::string(longText(content));
        }
        addText({data, data + held});
        m_understood += std::min<std::uint64_t>(padded(header.size), m_bytes.size() - data);
        return held < header.size ? m_bytes.size() : data + padded(header.size);
    }

    // Names and comments are texts.
    void addText(ByteRange bytes)
    {
        if (m_out.regions.size() >= mostRegions) {
            m_out.regions.back().bytes.end = std::max(m_out.regions.back().bytes.end, bytes.end);
            return;
        }
        Region region;
        region.kind = RegionKind::Name;
        region.part = Part::Metadata;
        region.bytes = bytes;
        m_out.regions.push_back(std::move(region));
    }

    void judgeName(std::string_view name, std::uint64_t at)
    {
        if (leavesFolder(name)) {
            flaw("tar-slip", at);
        }
        if (isThroughLink(name)) {
            flaw("tar-through-link", at);
        }
    }

    // A member below a link is written to wherever the link points. Names of a thousand folders may stand there for
    // each member: parts of a name are compared by a sum that grows with them (FNV-1a), in one pass.
    [[nodiscard]] bool isThroughLink(std::string_view name) const
    {
        auto sum = noLetters;
        for (std::size_t end = 0; end <= name.size() && end < longestLink && !m_links.empty(); ++end) {
            const bool part = end == name.size() || name[end] == '/';
            if (part && m_linkSums.contains(sum) && m_links.contains(name.substr(0, end))) {
                return true;
            }
            sum = end < name.size() ? added(sum, name[end]) : sum;
        }
        return false;
    }

    static std::uint64_t added(std::uint64_t sum, char letter)
    {
        constexpr std::uint64_t prime = 0x100000001B3;
        return (sum ^ static_cast<unsigned char>(letter)) * prime;
    }

    // Links, folders, devices: none has bytes of its own. Readers differ in what they do when one says so.
    std::uint64_t special(const Header& header, const std::string& name, const std::string& target, std::uint64_t data,
        std::uint64_t size)
    {
        if (header.type == '1' || header.type == '2') {
            if (header.type == '2' ? linkLeaves(name, target) : leavesFolder(target)) {
                flaw("tar-link-leaves", header.at);
            }
            if (header.type == '2' && m_links.size() < mostLinks && name.size() < longestLink) {
                m_links.insert(name);
                m_commonJudged = false; // a common name may lead through it
                m_linkSums.insert(std::accumulate(name.begin(), name.end(), noLetters, added));
            }
        } else if (header.type != '5') {
            flaw("tar-device", header.at);
        }
        if (size == 0 || header.type == '5') {
            return data;
        }
        flaw("tar-special-data", header.at);
        const auto held = std::min<std::uint64_t>(size, m_bytes.size() - data);
        if (looksLikeHeader(m_bytes, data)) {
            way(data);
        } else {
            m_giver.giveStored(name, header.namePlace, m_bytes.substr(data, held), data);
            m_understood += std::min<std::uint64_t>(padded(held), m_bytes.size() - data);
        }
        return data + padded(held);
    }

    std::uint64_t file(const Header& header, const std::string& name, ByteRange place, std::uint64_t data,
        std::uint64_t size, bool sparse)
    {
        if (header.extended) {
            data = behindMaps(data);
        }
        if (header.type == 'S' || sparse) {
            flaw("tar-sparse", header.at);
            noteIncomplete(
                m_out, "tar-sparse", "A member is stored without its holes; only what is stored was read", header.at);
        }
        const auto left = m_bytes.size() - std::min<std::uint64_t>(data, m_bytes.size());
        const auto held = std::min<std::uint64_t>(size, left);
        if (held < size) {
            truncated(header.at);
        }
        if (!name.ends_with('/') || size > 0) {
            m_going = m_giver.giveStored(name, place, slice(m_bytes, {data, data + held}), data);
        }
        m_understood += std::min<std::uint64_t>(padded(held), left);
        return held < size ? m_bytes.size() : data + padded(held);
    }

    // Blocks with more of a sparse member's map; the last but seven bytes say whether another follows.
    [[nodiscard]] std::uint64_t behindMaps(std::uint64_t at)
    {
        constexpr std::uint64_t moreField = 504;
        bool more = true;
        while (more && at + blockSize <= m_bytes.size() && m_budget.spend(blockSize)) {
            more = m_bytes[at + moreField] != '\0';
            at += blockSize;
            m_understood += blockSize;
        }
        return at;
    }

    void truncated(std::uint64_t at)
    {
        flaw("tar-truncated", at);
        noteIncomplete(m_out, "tar-truncated", "The archive ends inside of a member; what is there was read", at);
    }

    ByteView m_bytes;
    Budget& m_budget;
    Facts& m_out;
    ModelContent& m_model;
    MemberGiver m_giver;
    Overrides m_next; // for the next member
    Overrides m_common; // for all that follow
    bool m_commonJudged = false; // its name
    std::set<std::string, std::less<>> m_links;
    std::unordered_set<std::uint64_t> m_linkSums;
    std::set<std::uint64_t> m_seen; // headers that were read
    std::vector<std::uint64_t> m_ways;
    std::uint64_t m_understood = 0;
    std::uint64_t m_searched = 0;
    bool m_going = true;
    bool m_endSeen = false; // zeros that end an archive
};

// What the members together are.
std::string_view kindOf(const std::vector<ChildArtifact>& members)
{
    const auto has = [&members](std::string_view name) {
        return std::any_of(members.begin(), members.end(), [name](const ChildArtifact& member) {
            return member.name == name
                || (member.name.ends_with(name) && member.name.size() > name.size()
                    && member.name[member.name.size() - name.size() - 1] == '/');
        });
    };
    if (has("sys_info") && has("pickle") && has("storages")) {
        return "PyTorch checkpoint (tar)";
    }
    if (has("model_config.yaml")) {
        return "NeMo model";
    }
    return has("MANIFEST.json") ? "TorchServe archive" : "tar archive";
}

} // namespace

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    const auto header = readHeader(head, 0);
    if (!header || isZeroBlock(head, 0)) {
        return 0;
    }
    if (header->magic != Magic::None) {
        return header->checksum ? 93 : 60;
    }
    // The form before ustar has nothing but its checksum.
    return header->checksum && !header->name.empty() && header->sizeKnown ? (fileName.ends_with(".tar") ? 93 : 80) : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    out.coverage.total = artifact.view().size();
    out.hasLines = false;
    auto model = std::make_shared<ModelContent>();
    out.model = model;
    Reader(artifact, budget, out, *model).run();
    model->kind = std::string(kindOf(out.children));
}

} // namespace cupel::formats::tar
