// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/shell/strip_sheet.h"

#include "widgets/common/labels.h"
#include "widgets/common/theme.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtWidgets/QCheckBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace cupel::app {

using convert::StripItem;
using widgets::TextRole;
using widgets::Token;

namespace {

constexpr std::size_t listed = 4; // of one kind
constexpr QSize sheetSize(600, 460); // lower where less is said
constexpr int indent = 28; // under the text of a box

QString wordOf(StripItem::Kind kind)
{
    using Kind = StripItem::Kind;
    switch (kind) {
    case Kind::BehindEnd:
        return StripSheet::tr("Bytes behind the end");
    case Kind::InFront:
        return StripSheet::tr("Bytes in front of the archive");
    case Kind::BetweenTensors:
        return StripSheet::tr("Bytes between tensors");
    case Kind::Padding:
        return StripSheet::tr("Padding that is not zero");
    case Kind::Blanks:
        return StripSheet::tr("Blanks of the header");
    case Kind::BetweenMembers:
        return StripSheet::tr("Bytes between members");
    case Kind::Comments:
        return StripSheet::tr("Comments of the archive");
    case Kind::ExtraFields:
        return StripSheet::tr("Extra fields of members");
    case Kind::Metadata:
        return StripSheet::tr("Metadata");
    case Kind::Template:
        break;
    }
    return StripSheet::tr("Chat template");
}

StripSheet::Kind kindOf(StripItem::Kind kind)
{
    return kind == StripItem::Kind::Metadata ? StripSheet::Metadata
        : kind == StripItem::Kind::Template  ? StripSheet::Templates
                                             : StripSheet::Hidden;
}

QString titleOf(StripSheet::Kind kind)
{
    return kind == StripSheet::Hidden   ? StripSheet::tr("Hidden bytes")
        : kind == StripSheet::Templates ? StripSheet::tr("Chat templates with a finding")
                                        : StripSheet::tr("Metadata");
}

QString noneOf(StripSheet::Kind kind)
{
    return kind == StripSheet::Hidden   ? StripSheet::tr("No byte is hidden in it.")
        : kind == StripSheet::Templates ? StripSheet::tr("No template of it has a finding of medium severity or worse.")
                                        : StripSheet::tr("No metadata that could go.");
}

// One line each; of metadata the key says which.
QString lineOf(const StripItem& item)
{
    const QString kind = wordOf(item.kind);
    const QString what = item.name.empty()       ? kind
        : item.kind == StripItem::Kind::Metadata ? widgets::shownText(item.name)
                                                 : StripSheet::tr("%1: %2").arg(kind, widgets::shownText(item.name));
    return StripSheet::tr("%1, %2 from byte %3")
        .arg(what, widgets::shownSize(item.bytes), QLocale().toString(static_cast<qulonglong>(item.place.start)));
}

widgets::Label* wrapped(const QString& text, TextRole role, Token token, QWidget* parent)
{
    auto* label = new widgets::Label(text, role, token, false, parent);
    label->setWordWrap(true);
    return label;
}

} // namespace

StripSheet::StripSheet(const convert::StripPlan& everything, QWidget* window)
    : Sheet(tr("Write a stripped copy?"), window, sheetSize * std::max(1.0, widgets::textZoom()))
    , m_yes(new QPushButton(tr("Choose where\u2026"), this))
    , m_no(new QPushButton(tr("Write nothing"), this))
{
    setProperty("takesKeys", true); // single keys would act on what lies behind
    auto* content = new QWidget(this);
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    const QString text = tr("A copy of %1 without what is ticked. All tensors and members stay byte for byte; the copy "
                            "is read and judged again before it gets its name.")
                             .arg(widgets::shownFileName(everything.source->artifact.path));
    column->addWidget(wrapped(text, TextRole::Base, Token::TextPrimary, content));
    for (const Kind kind : {Hidden, Templates, Metadata}) {
        column->addWidget(makeKind(everything, kind));
    }
    QString foot = tr("The file itself is never changed.");
    for (const auto& note : everything.notes) {
        foot += u' ' + widgets::shownText(note);
    }
    for (const auto& kept : everything.kept) {
        foot += u' ' + widgets::shownText(kept);
    }
    if (const auto form = convert::droppedForm(everything); form > 0) {
        foot += u' '
            + tr("%1 that only fill up between members or repeat what the directory says are not written again.")
                  .arg(widgets::shownSize(form));
    }
    column->addWidget(wrapped(foot, TextRole::Base, Token::TextSecondary, content));
    setAccessibleDescription(text + u'\n' + foot);
    m_no->setDefault(true);
    auto* buttons = new QHBoxLayout;
    buttons->setSpacing(8);
    buttons->addStretch(1);
    for (QPushButton* button : {m_yes, m_no}) {
        button->setAutoDefault(true); // Enter presses the one that has the focus
        buttons->addWidget(button);
    }
    column->addStretch(1);
    column->addLayout(buttons);
    body()->addWidget(content);
    fitTo(content);
    const auto choose = [this] {
        m_yes->setEnabled(std::any_of(m_boxes.begin(), m_boxes.end(), [](auto* box) { return box->isChecked(); }));
    };
    for (auto* box : m_boxes) {
        connect(box, &QCheckBox::toggled, this, choose);
    }
    choose();
    connect(m_no, &QPushButton::clicked, this, &Sheet::close);
    connect(m_yes, &QPushButton::clicked, this, [this] {
        const auto chosen = wish();
        close();
        Q_EMIT accepted(chosen);
    });
}

QWidget* StripSheet::makeKind(const convert::StripPlan& plan, Kind kind)
{
    std::size_t count = 0;
    std::uint64_t bytes = 0;
    QStringList lines;
    for (const auto& item : plan.items) {
        if (kindOf(item.kind) == kind) {
            bytes += item.bytes;
            if (++count <= listed) {
                lines += lineOf(item);
            }
        }
    }
    if (count > listed) {
        lines += tr("and %n more", nullptr, static_cast<int>(count - listed));
    }
    auto* holder = new QWidget(this);
    auto* box = new QCheckBox(count == 0
            ? titleOf(kind)
            : tr("%1: %2, %3", "a kind, how many, how large")
                  .arg(titleOf(kind), tr("%n place(s)", nullptr, static_cast<int>(count)), widgets::shownSize(bytes)),
        holder);
    box->setEnabled(count > 0);
    box->setChecked(count > 0 && kind != Metadata);
    const QString said = count == 0 ? noneOf(kind) : lines.join(u'\n');
    box->setAccessibleDescription(said);
    auto* column = new QVBoxLayout(holder);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(box);
    auto* inside = new QHBoxLayout;
    inside->setContentsMargins(indent, 0, 0, 0);
    inside->addWidget(wrapped(said, TextRole::Small, Token::TextMuted, holder));
    column->addLayout(inside);
    m_boxes[kind] = box;
    return holder;
}

convert::StripWish StripSheet::wish() const
{
    return {m_boxes[Hidden]->isChecked(), m_boxes[Metadata]->isChecked(), m_boxes[Templates]->isChecked(), {}};
}

void StripSheet::takeFocus()
{
    m_no->setFocus(Qt::PopupFocusReason);
}

} // namespace cupel::app
