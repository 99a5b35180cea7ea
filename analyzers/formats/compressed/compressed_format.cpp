// SPDX-License-Identifier: GPL-3.0-or-later
// Compressed files (gzip, bzip2, xz, LZMA, zlib, Zstandard, LZ4): what they hold becomes a member with a judgement of
// its own, also when the file is cut off or damaged behind it.
#include "analyzers/base/budget.h"
#include "analyzers/base/words.h"
#include "analyzers/formats/carried.h"
#include "analyzers/formats/compressed/decoder.h"
#include "analyzers/formats/members.h"
#include "analyzers/model/facts.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <vector>

namespace cupel::formats::compressed {

namespace {

constexpr std::size_t zfHeader = 21;

void note(Facts& out, std::string code, std::string message, std::uint64_t at)
{
    out.status = ReadStatus::Partial;
    out.diagnostics.push_back({std::move(code), std::move(message), at, DiagnosticLevel::Incomplete});
}

// "model.pkl" of "model.pkl.gz": what a program that unpacks it would call it.
std::string nameInside(std::string_view fileName)
{
    constexpr std::array<std::string_view, 13> endings{
        ".gz", ".gzip", ".bz2", ".xz", ".lzma", ".z", ".zlib", ".zst", ".zstd", ".lz4", ".Z", ".GZ", ".BZ2"};
    for (const auto ending : endings) {
        if (fileName.size() > ending.size() && fileName.ends_with(ending)) {
            return std::string(fileName.substr(0, fileName.size() - ending.size()));
        }
    }
    return fileName.empty() ? std::string("content") : std::string(fileName);
}

// A few bytes come out, and the beginning is in order.
bool startsWell(Method method, ByteView head)
{
    std::array<char, 4'096> buffer{};
    const auto decoder = makeDecoder(method);
    auto in = method == Method::JoblibZf ? head.substr(zfHeader) : behindSkippable(head);
    std::size_t total = 0;
    for (unsigned steps = 0; decoder && steps < 64 && !in.empty(); ++steps) {
        std::size_t made = 0;
        const auto state = decoder->step(in, buffer, made);
        total += made;
        if (state == Decoder::State::Damaged) {
            return total >= 64;
        }
        if (state == Decoder::State::End || total >= 256) {
            return total > 0;
        }
    }
    return total > 0;
}

class Unpacker {
public:
    Unpacker(ByteView bytes, Method method, Budget& budget, Facts& out)
        : m_bytes(bytes)
        , m_rest(method == Method::JoblibZf ? bytes.substr(zfHeader) : bytes)
        , m_method(method)
        , m_budget(budget)
        , m_out(out)
    {
    }

    // Several streams one after another are one content, as gunzip and Python have it.
    std::shared_ptr<std::string> run()
    {
        passOver();
        while (!m_rest.empty() && stream()) {
            passOver();
            const auto next = methodOf(m_rest);
            if (m_rest.find_first_not_of('\0') == ByteView::npos) {
                m_rest = {}; // padding
            } else if (next != m_method) {
                note(m_out, "trailing-bytes",
                    counted(m_rest.size(), "byte follows", "bytes follow")
                        + " the compressed data and were not understood",
                    at());
                break;
            }
        }
        return m_content;
    }

    [[nodiscard]] std::uint64_t at() const { return m_bytes.size() - m_rest.size(); }

    // Frames that no reader looks into: nobody sees what stands in them.
    [[nodiscard]] const std::vector<ByteRange>& skipped() const { return m_skipped; }

private:
    void passOver()
    {
        const bool skips = m_method == Method::Zstd || m_method == Method::Lz4 || m_method == Method::Lz4Legacy;
        const auto rest = skips ? behindSkippable(m_rest) : m_rest;
        if (rest.size() < m_rest.size()) {
            const auto start = at();
            m_rest = rest;
            m_skipped.push_back({start, at()});
        }
    }

    // False: stop here.
    bool stream()
    {
        constexpr std::uint64_t toBegin = 4'096; // a stream takes that long even when it holds nothing
        if (!m_budget.spend(toBegin)) {
            note(m_out, "stopped", "Unpacking stopped early", at());
            return false;
        }
        const auto decoder = makeDecoder(m_method);
        while (true) {
            std::size_t made = 0;
            const auto before = m_rest.size();
            const auto state = decoder->step(m_rest, m_buffer, made);
            m_content->append(m_buffer.data(), made);
            if (!withinLimits(made)) {
                return false;
            }
            if (state == Decoder::State::End) {
                return true;
            }
            if (state == Decoder::State::Damaged) {
                note(m_out, "compressed-damaged", "The compressed data is damaged; what came before was read", at());
                return false;
            }
            if (made == 0 && (m_rest.empty() || m_rest.size() == before)) {
                note(m_out, "compressed-truncated", "The compressed data ends too early; what is there was read", at());
                return false;
            }
        }
    }

    bool withinLimits(std::size_t made)
    {
        const auto& limits = m_budget.limits();
        const auto ratioCap = std::max<std::uint64_t>(1 << 20, m_bytes.size() * limits.inflationRatio);
        const bool fits = m_budget.inflate(made) && m_content->size() <= limits.memberBytes;
        if (!fits || m_content->size() > ratioCap) {
            note(m_out, "member-too-large", "The content grows beyond the limit; only its beginning was looked at", 0);
            m_out.flaws.push_back({"zip-bomb", {0, std::min<std::uint64_t>(m_bytes.size(), 4)}, {}, -1, 1});
            return false;
        }
        if (!m_budget.spend(made)) {
            note(m_out, "stopped", "Unpacking stopped early", at());
            return false;
        }
        return true;
    }

    ByteView m_bytes;
    ByteView m_rest;
    Method m_method;
    Budget& m_budget;
    Facts& m_out;
    std::string m_buffer = std::string(std::size_t{1} << 16, '\0');
    std::vector<ByteRange> m_skipped; // runs of them
    std::shared_ptr<std::string> m_content = std::make_shared<std::string>();
};

// Archives that nothing here opens.
std::string_view closedArchive(ByteView head)
{
    using namespace std::string_view_literals;
    return head.starts_with("Rar!\x1a\x07"sv) ? "RAR" : "";
}

// User data of skippable frames that is a program or a pickle waits for whoever knows where it stands.
void lookInto(const Artifact& artifact, ByteRange frames, Budget& budget, Facts& out)
{
    constexpr std::size_t head = 8;
    constexpr unsigned most = 64;
    constexpr std::size_t least = 16; // bytes of a pickle that does something
    auto at = frames.start;
    for (unsigned i = 0; i < most && at + head < frames.end; ++i) {
        const auto rest = artifact.view().substr(at, frames.end - at);
        const auto end = at + std::min<std::uint64_t>(skippableEnd(rest.substr(0, head)), rest.size());
        const auto data = rest.substr(head, end - at - std::min<std::uint64_t>(end - at, head));
        if (carriedAt(data).kind != Carried::Nothing || (data.size() >= least && mayBePickle(data))) {
            giveMember(artifact, {at + head, end}, "skipped-" + std::to_string(at), budget, out);
        }
        at = end;
    }
    if (at + head < frames.end) {
        note(out, "too-many-skipped", "There are more frames of user data than the limit; the rest was not looked at",
            at);
    }
}

} // namespace

int sniff(ByteView head, std::uint64_t size, std::string_view /*fileName*/)
{
    const auto method = methodOf(head);
    if (const auto end = skippableEnd(head); end > 0 && end >= head.size()) {
        return end < size ? 90 : 0; // a long frame in front; or nothing behind it
    }
    if (method == Method::None) {
        return closedArchive(head).empty() ? 0 : 90;
    }
    const bool sure = method != Method::Zlib && method != Method::Lzma;
    return startsWell(method, head) ? (sure ? 90 : 65) : sure ? 50 : 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    const auto bytes = artifact.view();
    out.coverage.total = bytes.size();
    out.hasLines = false;
    out.scannable = true;
    const auto method = methodOf(bytes);
    if (const auto kind = closedArchive(bytes); !kind.empty()) {
        note(out, "archive-unopened", "The archive is of a kind that is not opened", 0);
        out.flaws.push_back({isNamedModel(artifact.fileName()) ? "archive-disguised" : "archive-unopened", {0, 4},
            std::string(kind), -1, 1});
        return;
    }
    if (method == Method::None) {
        out.status = ReadStatus::Unreadable;
        out.diagnostics.push_back(
            {"compressed-damaged", "The file is not compressed in a known way", 0, DiagnosticLevel::Incomplete});
        return;
    }
    if (artifact.depth >= budget.limits().containerDepth) {
        note(out, "container-depth", "Containers are nested too deeply; this one was not opened", 0);
        return;
    }
    if (artifact.depth > 0 && !budget.nestedMember()) {
        note(out, "too-many-members", "Nested containers have more members than the limit", 0);
        return;
    }
    Unpacker unpacker(bytes, method, budget, out);
    auto content = unpacker.run();
    out.coverage.understood = std::min<std::uint64_t>(unpacker.at(), bytes.size());
    for (const auto range : unpacker.skipped()) {
        lookInto(artifact, range, budget, out);
    }
    if (content->empty() && out.status != ReadStatus::Complete) {
        return;
    }
    const auto name = nameInside(artifact.fileName());
    ChildArtifact child{out.nameChild ? out.nameChild(name, {}) : name, std::move(content)};
    if (out.takeChild) {
        out.takeChild(child);
        child.bytes.reset();
    }
    out.children.push_back(std::move(child));
}

} // namespace cupel::formats::compressed
