// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/text_page.h"

#include "analyzers/base/redact.h"
#include "analyzers/fixes/preview.h"
#include "analyzers/formats/region_text.h"
#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/editor/source_view.h"
#include "widgets/model/part_counts.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::widgets {

namespace {

// The text that a value is, where a format hands it on as one; null: the value is no long text.
const Region* regionOf(const Analysis& analysis, ByteRange field)
{
    const auto& regions = analysis.facts.regions;
    const auto found = std::find_if(regions.begin(), regions.end(), [&](const Region& one) {
        const auto place = analysis.facts.toFile(one.bytes);
        const bool words = one.kind == RegionKind::Metadata || one.kind == RegionKind::Template;
        return words && !place.empty() && field.start <= place.start && place.end <= field.end;
    });
    return found == regions.end() ? nullptr : &*found;
}

// Findings by the line of the text they begin in.
std::vector<SourceView::Note> notesOf(const Analysis& analysis, const Region& region)
{
    const auto piece = formats::readRegion(analysis.facts.text(analysis.artifact), region);
    std::vector<SourceView::Note> out;
    for (const auto& finding : analysis.findings) {
        const auto place = analysis.facts.fromFile(finding.location.bytes);
        if (!place.overlaps(region.bytes)) {
            continue;
        }
        const auto start = std::max(place.start, region.bytes.start);
        const auto at = std::min<std::uint64_t>(piece.map.toText(start, piece.text.size()), piece.text.size());
        const auto line =
            std::count(piece.text.begin(), piece.text.begin() + static_cast<std::string::difference_type>(at), '\n');
        out.push_back({static_cast<int>(line), finding.severity, shownText(finding.title)});
    }
    std::stable_sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.line < b.line; });
    return out;
}

} // namespace

TextPage::TextPage(ModelState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_head(new QWidget(this))
    , m_title(new ElidedLabel({}, TextRole::Base, Token::TextPrimary, true, m_head))
    , m_facts(new Label({}, TextRole::Small, Token::TextMuted, false, m_head))
    , m_source(new SourceView(this))
{
    auto* back = new IconButton(QStringLiteral("chevron-left"), tr("Back to the table"), m_head);
    auto* head = new QHBoxLayout(m_head);
    head->setContentsMargins(12, 8, 16, 0);
    head->setSpacing(8);
    head->addWidget(back);
    head->addWidget(m_title, 1);
    head->addWidget(m_facts);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_head);
    column->addWidget(m_source, 1);
    setFocusProxy(m_source);
    m_source->setSubject(tr("A value of the metadata, read-only"));
    connect(back, &QToolButton::clicked, this, &TextPage::closed);
    connect(m_source, &SourceView::closed, this, &TextPage::closed);
}

void TextPage::showNotes(const std::vector<SourceView::Note>& notes)
{
    m_notes = static_cast<int>(notes.size());
    m_source->setNotes(notes);
    if (!notes.empty()) {
        m_source->goTo(notes.front());
    }
}

bool TextPage::show(std::size_t field)
{
    const auto& reading = m_state.reading();
    const auto* content = reading ? reading->content() : nullptr;
    if (!content || field >= content->metadata.size()) {
        return false;
    }
    const auto& one = content->metadata[field];
    const Analysis& analysis = *reading->analysis;
    m_title->setFullText(shownText(reading->names(one.key)));
    const auto* region = regionOf(analysis, one.bytes);
    const bool masked = !region && touches(analysis.sensitive, one.bytes);
    const std::string text = region ? fixes::shownRegion(analysis, *region)
        : masked                    ? std::string(maskDots)
                                    : reading->names(one.value);
    m_source->setSource(shownText(text, true), Language::Other);
    const auto notes = region ? notesOf(analysis, *region) : std::vector<SourceView::Note>();
    showNotes(notes);
    const bool cut = region ? region->bytes.size() > text.size() && text.size() >= (1U << 20)
                            : one.value.size() + 8 >= ModelContent::longestValue && one.bytes.size() > one.value.size();
    const QString size =
        shownSize(region ? region->bytes.size() : std::max<std::uint64_t>(one.value.size(), one.bytes.size()));
    m_facts->setText(cut ? tr("the beginning of %1").arg(size) : size);
    return true;
}

void TextPage::showFile()
{
    m_head->hide();
    const auto& reading = m_state.reading();
    if (!reading || linesOf(*reading) == 0) {
        m_source->clear();
        m_notes = 0;
        return;
    }
    const Analysis& analysis = *reading->analysis;
    Region whole;
    whole.bytes = {0, analysis.facts.text(analysis.artifact).size()};
    m_source->setSource(shownText(fixes::shownRegion(analysis, whole), true),
        analysis.facts.format == "python" ? Language::Python : Language::Other);
    const auto notes = notesOf(analysis, whole);
    showNotes(notes);
}

QString TextPage::text() const
{
    return m_source->source();
}

} // namespace cupel::widgets
