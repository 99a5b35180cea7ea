// SPDX-License-Identifier: GPL-3.0-or-later
// GGUF, versions 1 to 3 in both byte orders. Chat templates become regions of their own kind, other texts go to all
// rules. Everything that made readers of GGUF write outside of their memory is checked.
#include "analyzers/formats/gguf/gguf_reader.h"
#include "analyzers/formats/members.h"

#include <algorithm>

namespace cupel::formats::gguf {

namespace {

constexpr std::string_view magic = "GGUF";
constexpr std::uint64_t headSize = 8;

struct Version {
    std::uint32_t number = 0;
    bool bigEndian = false;
};

// The smaller reading of the four bytes: versions are small numbers.
Version versionOf(ByteView bytes)
{
    Cursor little(bytes.substr(0, headSize), 3, false);
    Cursor big(bytes.substr(0, headSize), 3, true);
    little.seek(magic.size());
    big.seek(magic.size());
    const auto a = little.word();
    const auto b = big.word();
    return b < a && (a & 0xFFFF) == 0 ? Version{b, true} : Version{a, false};
}

} // namespace

Reader::Reader(const Artifact& artifact, Budget& budget, Facts& out)
    : m_artifact(artifact)
    , m_bytes(artifact.view())
    , m_budget(budget)
    , m_out(out)
    , m_model(std::make_shared<ModelContent>())
    , m_cursor(m_bytes, versionOf(m_bytes).number, versionOf(m_bytes).bigEndian)
{
}

void Reader::stop(std::string why, std::uint64_t at)
{
    m_out.status = ReadStatus::Partial;
    m_out.diagnostics.push_back(
        {"gguf-stopped", "The file was not read to its end: " + why, at, DiagnosticLevel::Incomplete});
}

void Reader::flaw(std::string_view code, ByteRange place, std::string detail, std::vector<ByteRange> quotes)
{
    m_model->addFlaw(code, place, std::move(detail), std::move(quotes));
}

// What stands behind the place where reading ended is searched as it lies.
void Reader::run()
{
    m_out.model = m_model;
    m_out.hasLines = false;
    m_out.coverage.total = m_bytes.size();
    if (begin()) {
        m_out.coverage.understood = m_bytes.size();
        if (m_missing > 0) { // all that is there was looked at
            noteIncomplete(m_out, "gguf-truncated",
                std::to_string(m_missing) + (m_missing == 1 ? " tensor ends" : " tensors end")
                    + " behind the end of the file; what is missing was not checked",
                m_bytes.size());
        }
        return;
    }
    m_out.coverage.understood = std::min<std::uint64_t>(m_end != 0 ? m_end : m_cursor.at(), m_bytes.size());
    Region rest;
    rest.kind = RegionKind::Metadata;
    rest.part = Part::Metadata;
    rest.name = "rest";
    rest.bytes = {m_out.coverage.understood, m_bytes.size()};
    if (!rest.bytes.empty()) {
        m_out.regions.push_back(std::move(rest));
    }
}

bool Reader::begin()
{
    const auto version = versionOf(m_bytes);
    m_model->kind = "GGUF " + std::to_string(version.number) + (version.bigEndian ? ", big-endian" : "");
    if (version.number < 1 || version.number > 3) {
        flaw("gguf-version", {0, std::min<std::uint64_t>(headSize, m_bytes.size())}, std::to_string(version.number));
        stop("this version is not known", 0);
        return false;
    }
    m_cursor.seek(headSize);
    const auto place = m_cursor.at();
    const auto tensorCount = m_cursor.count();
    const auto valueCount = m_cursor.count();
    const ByteRange counts{place, m_cursor.at()};
    // The shortest tensor and the shortest value there can be.
    const auto shortestTensor = m_cursor.lengthSize() + 4 + 4 + 8U;
    const auto shortestValue = m_cursor.lengthSize() + 1 + 4 + 1U;
    if (!m_cursor.ok()) {
        flaw("gguf-truncated", {0, m_bytes.size()}, "the counts are missing");
        stop("it is cut off", m_bytes.size());
        return false;
    }
    const bool possible =
        tensorCount <= m_cursor.left() / shortestTensor && valueCount <= m_cursor.left() / shortestValue;
    if (!possible) {
        flaw("gguf-count", counts,
            std::to_string(tensorCount) + " tensors and " + std::to_string(valueCount)
                + " values, more than fit into the file");
    }
    if (!values(valueCount) || !tensors(tensorCount)) {
        return false;
    }
    layout();
    return m_out.status == ReadStatus::Complete;
}

int sniff(ByteView head, std::uint64_t /*size*/, std::string_view fileName)
{
    if (head.starts_with(magic)) {
        // Text may begin so; a number follows in every file.
        const bool number = head.size() >= headSize
            && std::any_of(head.begin() + magic.size(), head.begin() + headSize,
                [](char c) { return static_cast<unsigned char>(c) < 0x09; });
        return number ? 95 : fileName.ends_with(".gguf") ? 60 : 0;
    }
    return 0;
}

void parse(const Artifact& artifact, Budget& budget, Facts& out)
{
    Reader(artifact, budget, out).run();
}

} // namespace cupel::formats::gguf
