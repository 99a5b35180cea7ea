// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/report/report_options.h"

#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/profile_words.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QEvent>
#include <QtCore/QSignalBlocker>
#include <QtGui/QPainter>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <set>

namespace cupel::widgets {

// "Same input, same bytes": the digest of the file that was just written.
class HashCard : public QWidget {
    Q_OBJECT
public:
    explicit HashCard(QWidget* parent = nullptr)
        : QWidget(parent)
        , m_digest(new Label(QString(), TextRole::CodeSmall, Token::TextSecondary))
        , m_facts(new ElidedLabel(QString(), TextRole::Small, Token::TextSecondary))
    {
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(14, 12, 14, 12);
        column->setSpacing(4);
        auto* title = new Label(tr("Same input, same bytes"), TextRole::Small, Token::TextPrimary, true);
        title->setContentsMargins(24, 0, 0, 0);
        column->addWidget(title);
        m_digest->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        m_digest->setAccessibleName(tr("SHA-256 of the exported file"));
        column->addWidget(m_digest);
        column->addWidget(m_facts);
        m_title = title;
    }
    void setExported(const Exported& exported)
    {
        const QString& hex = exported.sha256;
        m_digest->setText(
            QStringLiteral("%1 %2 %3 … %4").arg(hex.mid(0, 4), hex.mid(4, 4), hex.mid(8, 4), hex.right(4)));
        m_digest->setToolTip(plainToolTip(hex));
        m_digest->setAccessibleDescription(hex);
        const QString pages = exported.pages == 0 ? QString()
            : exported.pages == 1                 ? tr("1 page, ")
                                                  : tr("%n pages, ", nullptr, exported.pages);
        m_facts->setFullText(
            pages + shownSize(static_cast<std::uint64_t>(exported.bytes)) + QStringLiteral(", ") + exported.fileName);
    }

protected:
    void paintEvent(QPaintEvent* /*event*/) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintBox(painter, rect(), radius::card, color(Token::Surface), color(Token::Hairline));
        const QRectF line(m_title->geometry());
        paintOk(painter, QRectF(line.left(), line.center().y() - 8, 16, 16), currentTheme());
    }

private:
    Label* m_title = nullptr;
    Label* m_digest;
    ElidedLabel* m_facts;
};

ReportOptions::ReportOptions(QWidget* parent)
    : QWidget(parent)
{
    auto* outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    auto* inner = new QWidget;
    m_inner = inner;
    auto* column = new QVBoxLayout(inner);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(8);
    buildSections(column);
    buildProfile(column);
    buildThreats(column);
    buildPaper(column);
    column->addStretch(1);
    m_glyphs = new Label(QString(), TextRole::Small, Token::TextMuted);
    m_glyphs->setWordWrap(true);
    column->addWidget(m_glyphs);
    m_hash = new HashCard;
    m_hash->hide();
    column->addWidget(m_hash);
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->viewport()->setAutoFillBackground(false);
    inner->setAutoFillBackground(false);
    scroll->setWidget(inner);
    inner->installEventFilter(this);
    outer->addWidget(scroll, 1);
    outer->addWidget(buildFooter());
    updateButtons();
    fit();
}

// As wide as its longest line with page numbers, which large text and many pages make longer.
void ReportOptions::fit()
{
    const int needed = m_inner->minimumSizeHint().width() + style()->pixelMetric(QStyle::PM_ScrollBarExtent) + 2;
    setFixedWidth(std::clamp(needed, zoomed(320), zoomed(440)));
}

bool ReportOptions::event(QEvent* event)
{
    if (event->type() == QEvent::LayoutRequest || event->type() == QEvent::StyleChange) {
        fit();
    }
    return QWidget::event(event);
}

bool ReportOptions::eventFilter(QObject* watched, QEvent* event)
{
    if (watched == m_inner && event->type() == QEvent::LayoutRequest) { // the scroll area keeps it for itself
        fit();
    }
    return QWidget::eventFilter(watched, event);
}

void ReportOptions::buildSections(QVBoxLayout* column)
{
    auto* head = new QHBoxLayout;
    head->addWidget(new SectionLabel(tr("Sections")));
    head->addStretch(1);
    head->addWidget(new Label(tr("pages"), TextRole::Small, Token::TextMuted));
    column->addLayout(head);
    m_sections = new QVBoxLayout;
    m_sections->setSpacing(0);
    column->addLayout(m_sections);
    column->addSpacing(8);
}

void ReportOptions::buildProfile(QVBoxLayout* column)
{
    auto* label = new SectionLabel(tr("Sharing profile"));
    column->addWidget(label);
    m_profile = new QComboBox;
    m_profile->setAccessibleName(tr("Sharing profile"));
    m_profile->setToolTip(plainToolTip(tr("Whose gates the report judges by")));
    m_profile->addItem(tr("None"));
    label->setBuddy(m_profile);
    column->addWidget(m_profile);
    column->addSpacing(8);
    connect(m_profile, &QComboBox::currentIndexChanged, this, [this] {
        m_profileChosen = true; // by the user: everything else is quiet
        Q_EMIT profileChanged();
    });
}

void ReportOptions::setProfiles(const std::vector<review::Profile>& profiles)
{
    const auto chosen = profile();
    const QSignalBlocker quiet(m_profile);
    m_profiles = profiles;
    while (m_profile->count() > 1) {
        m_profile->removeItem(m_profile->count() - 1);
    }
    for (const review::Profile& one : m_profiles) {
        m_profile->addItem(profileWords(one.title));
        m_profile->setItemData(m_profile->count() - 1, plainToolTip(profileWords(one.audience)), Qt::ToolTipRole);
        if (chosen && chosen->name == one.name) {
            m_profile->setCurrentIndex(m_profile->count() - 1);
        }
    }
}

void ReportOptions::suggestProfile(const std::string& name)
{
    const auto at = std::find_if(
        m_profiles.begin(), m_profiles.end(), [&name](const review::Profile& one) { return one.name == name; });
    if (!m_profileChosen && at != m_profiles.end()) {
        const QSignalBlocker quiet(m_profile);
        m_profile->setCurrentIndex(1 + static_cast<int>(at - m_profiles.begin()));
    }
}

std::optional<review::Profile> ReportOptions::profile() const
{
    const int index = m_profile->currentIndex() - 1;
    return index < 0 || index >= static_cast<int>(m_profiles.size())
        ? std::nullopt
        : std::optional(m_profiles[static_cast<std::size_t>(index)]);
}

void ReportOptions::buildThreats(QVBoxLayout* column)
{
    m_threats = new QCheckBox(tr("Include the threat model"));
    m_threats->setObjectName(QStringLiteral("report.threats"));
    m_threats->setToolTip(plainToolTip(tr(
        "The report then tells of its parts, threats and decisions, and the first page of what is open. On by itself "
        "where somebody has worked on it.")));
    column->addWidget(m_threats);
    column->addSpacing(8);
    connect(m_threats, &QCheckBox::toggled, this, [this] {
        m_threatsChosen = true; // by the user: everything else is quiet
        Q_EMIT threatsChanged();
    });
}

void ReportOptions::setThreatsKept(bool kept)
{
    if (!m_threatsChosen) {
        const QSignalBlocker quiet(m_threats);
        m_threats->setChecked(kept);
    }
}

bool ReportOptions::wantsThreats() const
{
    return m_threats->isChecked();
}

void ReportOptions::forgetChoices()
{
    m_profileChosen = false;
    m_threatsChosen = false;
    const QSignalBlocker quiet(m_profile);
    m_profile->setCurrentIndex(0);
}

void ReportOptions::buildPaper(QVBoxLayout* column)
{
    column->addWidget(new SectionLabel(tr("Secrets and personal data")));
    auto* masked =
        new Label(tr("Masked, always. A report never shows a secret in clear."), TextRole::Small, Token::TextSecondary);
    masked->setWordWrap(true);
    column->addWidget(masked);
    column->addSpacing(8);
    auto* label = new SectionLabel(tr("Paper"));
    column->addWidget(label);
    m_paper = new QComboBox;
    m_paper->addItem(tr("A4, portrait"), static_cast<int>(PaperSize::A4));
    m_paper->addItem(tr("Letter, portrait"), static_cast<int>(PaperSize::Letter));
    m_paper->setAccessibleName(tr("Paper"));
    label->setBuddy(m_paper);
    column->addWidget(m_paper);
    m_attach = new QCheckBox(tr("Attach findings as JSON"));
    m_attach->setChecked(true);
    m_attach->setToolTip(
        plainToolTip(tr("The PDF then carries findings.json for other programs, with secrets masked")));
    column->addWidget(m_attach);
    connect(m_paper, &QComboBox::currentIndexChanged, this, &ReportOptions::layoutChanged);
    connect(m_attach, &QCheckBox::toggled, this, &ReportOptions::clearExported);
}

QWidget* ReportOptions::buildFooter()
{
    auto* footer = new QWidget;
    auto* row = new QHBoxLayout(footer);
    row->setContentsMargins(16, 12, 16, 12);
    row->setSpacing(8);
    m_pdf = new QPushButton(icon(QStringLiteral("download"), Token::TextOnAccent), tr("Export PDF"));
    m_pdf->setDefault(true);
    m_pdf->setAutoDefault(false);
    m_other = new QPushButton(tr("HTML, SARIF…"));
    m_other->setAccessibleName(tr("Export in another format"));
    auto* menu = new QMenu(m_other);
    const auto entry = [&](const QString& text, ReportFormat format) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, format] { Q_EMIT exportRequested(format); });
    };
    entry(tr("HTML, one file without script…"), ReportFormat::Html);
    entry(tr("Markdown…"), ReportFormat::Markdown);
    entry(tr("SARIF…"), ReportFormat::Sarif);
    entry(tr("JSON…"), ReportFormat::Json);
    m_other->setMenu(menu);
    row->addWidget(m_pdf, 1);
    row->addWidget(m_other, 1);
    connect(m_pdf, &QPushButton::clicked, this, &ReportOptions::exportPdfRequested);
    return footer;
}

void ReportOptions::setSections(const std::vector<report::Section>& sections)
{
    const bool same = sections.size() == m_rows.size()
        && std::equal(
            sections.begin(), sections.end(), m_rows.begin(), [](const auto& s, const Row& r) { return s.id == r.id; });
    if (same) {
        return;
    }
    std::set<std::string> unticked;
    for (const Row& row : m_rows) {
        if (!row.box->isChecked()) {
            unticked.insert(row.id);
        }
        delete row.box->parentWidget();
    }
    m_rows.clear();
    for (const report::Section& section : sections) {
        auto* line = new QWidget;
        auto* layout = new QHBoxLayout(line);
        layout->setContentsMargins(0, 0, 0, 0);
        auto* box = new QCheckBox(QString::fromStdString(section.title));
        box->setChecked(!unticked.contains(section.id));
        box->setMinimumHeight(28);
        auto* pages = new Label(QString(), TextRole::Small, Token::TextMuted);
        layout->addWidget(box, 1);
        layout->addWidget(pages);
        m_sections->addWidget(line);
        connect(box, &QCheckBox::toggled, this, &ReportOptions::layoutChanged);
        m_rows.push_back({section.id, box, pages});
    }
}

bool ReportOptions::wants(const std::string& section) const
{
    const auto row = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row& r) { return r.id == section; });
    return row == m_rows.end() || row->box->isChecked();
}

PaperSize ReportOptions::paper() const
{
    return static_cast<PaperSize>(m_paper->currentData().toInt());
}
bool ReportOptions::attachesFindings() const
{
    return m_attach->isChecked();
}

void ReportOptions::setPageRanges(const Pages& pages)
{
    // Where each section starts, in order; it ends where the next one starts.
    std::vector<std::pair<std::string, PageTarget>> starts;
    for (const auto& entry : pages.outline) {
        const auto target = pages.targets.find(entry.anchor);
        if (entry.level == 1 && target != pages.targets.end()) {
            starts.emplace_back(entry.anchor, target->second);
        }
    }
    const qreal top = textArea(pages.paper).top();
    for (const Row& row : m_rows) {
        const auto at = std::find_if(
            starts.begin(), starts.end(), [&](const auto& start) { return start.first == "section-" + row.id; });
        if (at == starts.end()) {
            row.pages->clear();
            continue;
        }
        const int first = at->second.page + 1;
        int last = static_cast<int>(pages.pages.size());
        if (row.id == "summary") {
            last = first; // the contents follow, they belong to no section
        } else if (at + 1 != starts.end()) {
            last = (at + 1)->second.page + ((at + 1)->second.y > top ? 1 : 0);
        }
        row.pages->setText(last > first ? tr("%1 to %2").arg(first).arg(last) : QString::number(first));
    }
    const int missing = static_cast<int>(pages.missing.size());
    m_glyphs->setText(missing == 0 ? tr("All characters have a font.")
            : missing == 1
            ? tr("One character has no font on this machine and is printed as its number.")
            : tr("%n characters have no font on this machine and are printed as their number.", nullptr, missing));
}

void ReportOptions::showExported(const Exported& exported)
{
    m_hash->setExported(exported);
    m_hash->show();
}

void ReportOptions::clearExported()
{
    m_hash->hide();
}

void ReportOptions::setBusy(bool busy)
{
    m_busy = busy;
    updateButtons();
}

void ReportOptions::setReady(bool ready)
{
    m_ready = ready;
    updateButtons();
}

void ReportOptions::updateButtons()
{
    m_pdf->setEnabled(m_ready && !m_busy);
    m_other->setEnabled(m_ready && !m_busy);
    m_pdf->setText(m_busy ? tr("Exporting…") : tr("Export PDF"));
}

} // namespace cupel::widgets

#include "report_options.moc"
