// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/notebook/page_pictures.h"

#include "analyzers/formats/html/html_tokens.h"
#include "analyzers/formats/html/html_url.h"
#include "widgets/models/shown_text.h"
#include "widgets/notebook/cell_text.h"
#include "widgets/notebook/image_block.h"
#include "widgets/notebook/notice_block.h"

#include <algorithm>

namespace cupel::widgets {

namespace {

constexpr std::size_t longestDrawn = 2 << 20; // bytes of a region whose pictures are drawn: it is decoded for each
constexpr int mostDrawn = 12; // in one region
constexpr std::size_t mostInTables = 8;
constexpr std::size_t longestName = 200;

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

// Of `word`, in small letters, whatever the case; npos: nowhere.
std::size_t findWord(std::string_view text, std::string_view word, std::size_t from)
{
    const auto at = std::search(text.begin() + static_cast<std::ptrdiff_t>(std::min(from, text.size())), text.end(),
        word.begin(), word.end(), [](char a, char b) { return lower(a) == b; });
    return at == text.end() ? std::string_view::npos : static_cast<std::size_t>(at - text.begin());
}

std::unique_ptr<Block> line(const QString& text)
{
    return std::make_unique<NoticeBlock>(Notice{QStringLiteral("image"), text, {}, {}, false});
}

} // namespace

PagePictures::PagePictures(const CellRequest& request, int region, const RegionText& source)
    : m_request(request)
    , m_region(region)
    , m_source(source)
{
}

ByteRange PagePictures::tagAt(std::size_t tag) const
{
    const auto end = m_source.utf8.find('>', tag);
    return {tag, end == std::string::npos ? m_source.utf8.size() : end + 1};
}

std::string_view PagePictures::attribute(std::size_t tag, std::string_view name) const
{
    const auto text = slice(m_source.utf8, tagAt(tag));
    return text.size() < 5 ? std::string_view() : formats::htmlAttribute(text.substr(4, text.size() - 5), name);
}

QString PagePictures::nameAt(std::size_t tag) const
{
    return shownText(attribute(tag, "alt").substr(0, longestName));
}

std::vector<std::size_t> PagePictures::inTables() const
{
    std::vector<std::size_t> tags;
    const std::string_view text = m_source.utf8;
    for (auto table = findWord(text, "<table", 0); table != std::string_view::npos && tags.size() < mostInTables;) {
        const auto end = std::min(findWord(text, "</table", table), text.size());
        for (auto at = findWord(text.substr(0, end), "<img", table); at < end && tags.size() < mostInTables;
            at = findWord(text.substr(0, end), "<img", at + 4)) {
            tags.push_back(at);
        }
        table = findWord(text, "<table", end);
    }
    return tags;
}

std::unique_ptr<Block> PagePictures::drawn(std::size_t tag, const QString& name)
{
    const auto& analysis = m_request.document->pointer();
    if (m_request.document->region(m_region).bytes.size() > longestDrawn || m_drawn >= mostDrawn) {
        return line(name.isEmpty() ? CellText::tr("Picture inside the text. Images (Ctrl+8) shows it.")
                                   : CellText::tr("Picture inside the text: %1. Images (Ctrl+8) shows it.").arg(name));
    }
    if (!m_carried) {
        m_carried = formats::imagesInside(analysis->artifact, analysis->facts, static_cast<std::size_t>(m_region),
            static_cast<std::size_t>(mostDrawn) * 4, m_starts);
    }
    const auto range = tagAt(tag);
    const auto from = m_source.map.toRaw(range.start);
    const auto end = range.end > 0 ? m_source.map.toRaw(range.end - 1) : from;
    const auto at = std::find_if(
        m_starts.begin(), m_starts.end(), [from, end](std::uint64_t start) { return start > from && start < end; });
    if (at == m_starts.end()) {
        return nullptr;
    }
    PictureRequest wanted;
    wanted.analysis = analysis;
    wanted.place = (*m_carried)[static_cast<std::size_t>(at - m_starts.begin())];
    auto facts = readPictureFacts(*analysis, wanted.place);
    if (!facts.refusal.isEmpty()) {
        return line(facts.refusal);
    }
    ++m_drawn;
    wanted.key = std::move(facts.key);
    wanted.size = facts.size;
    return std::make_unique<ImageBlock>(std::move(wanted), name, m_request.pictures);
}

std::unique_ptr<Block> PagePictures::make(std::size_t tag, const QString& name)
{
    const auto address = attribute(tag, "src");
    const auto url = formats::readUrl(address);
    if (url.holdsData()) {
        if (auto block = drawn(tag, name)) {
            return block;
        }
    }
    if (const auto host = shownText(std::string_view(url.host).substr(0, longestName)); !host.isEmpty()) {
        return line(name.isEmpty() ? CellText::tr("Picture from %1, not loaded.").arg(host)
                                   : CellText::tr("Picture from %1, not loaded: %2").arg(host, name));
    }
    return line(name.isEmpty() ? CellText::tr("Picture of the page, not loaded.")
                               : CellText::tr("Picture, not loaded: %1").arg(name));
}

} // namespace cupel::widgets
