// SPDX-License-Identifier: GPL-3.0-or-later
// LineageView: what it says when there is nothing to draw, or not all of it.
#include "widgets/lineage/lineage_view.h"

#include "widgets/common/buttons.h"
#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/models/lineage_words.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtWidgets/QInputDialog>
#include <QtWidgets/QMenu>

#include <algorithm>

namespace cupel::widgets {

using How = LineageState::How;

void LineageView::updateEmpty()
{
    if (m_state.how() == How::Reading) {
        m_empty->setState(
            tr("Following the data"), tr("Cupel reads what the code says it does. Nothing of it is run."), tr("Stop"));
    } else if (m_state.how() == How::Stopped) {
        m_empty->setState(tr("Stopped"), tr("The lineage was not read to its end."), tr("Read it"));
    } else if (!m_shown) {
        m_empty->setState(tr("Nothing is open"),
            tr("Open a folder of notebooks and scripts to see what data flows where."), tr("Open a folder\u2026"));
    } else if (!m_shown->empty()) {
        m_empty->setState(tr("Nothing is left to show"),
            tr("The choices at the left hide all %1 nodes.")
                .arg(QLocale().toString(static_cast<qulonglong>(m_shown->source->graph->nodes.size()))),
            tr("Show all"));
    } else if (m_shown->source->graph->files.empty()) {
        m_empty->setState(tr("No code to follow"),
            tr("Among what is open is no notebook and no script that could be read. Cupel follows data through "
               "Python: open the folder where the code stands."),
            tr("Open a folder\u2026"));
    } else {
        const auto& graph = *m_shown->source->graph;
        const QString note = graph.notes.empty() ? QString() : u' ' + shownText(graph.notes.front().message);
        m_empty->setState(tr("No flow of data found"),
            tr("%n file(s) of code were followed; none reads, makes or writes anything that Cupel knows.", nullptr,
                static_cast<int>(graph.files.size()))
                + note,
            tr("Open a folder\u2026"));
    }
}

void LineageView::emptyPressed()
{
    if (m_state.how() == How::Reading) {
        m_state.stop();
    } else if (m_state.how() == How::Stopped) {
        Q_EMIT againRequested();
    } else if (m_shown && !m_shown->empty()) {
        LineageWish wish = m_state.wish();
        wish.kinds = 15;
        wish.traits = 0;
        wish.from.clear();
        wish.to.clear();
        wish.focus.clear();
        wish.up = wish.down = -1;
        m_state.setWish(wish);
    } else {
        Q_EMIT intent({Intent::Kind::OpenFolder, {}, {}});
    }
}

// What only one order of the cells has, in words.
QString LineageView::orderWords(const lineage::LineageGraph& graph)
{
    const bool recorded = graph.order == lineage::CellOrder::Recorded;
    const auto count = [](const auto& list) {
        return std::count_if(
            list.begin(), list.end(), [](const auto& one) { return one.inOther == lineage::InOther::Missing; });
    };
    const auto number = [](auto value) { return QLocale().toString(static_cast<qulonglong>(value)); };
    const auto nodes = number(count(graph.nodes));
    const auto edges = number(count(graph.edges));
    const auto otherNodes = number(graph.onlyThere->nodes);
    const auto otherEdges = number(graph.onlyThere->edges);
    return recorded
        ? tr("As the cells ran: %1 nodes and %2 edges are only as recorded, %3 and %4 only as written. What "
             "run numbers do not tell is listed under Why.")
              .arg(nodes, edges, otherNodes, otherEdges)
        : tr("As the cells stand: %1 nodes and %2 edges are only as written, %3 and %4 only as recorded.")
              .arg(nodes, edges, otherNodes, otherEdges);
}

void LineageView::updateNotice()
{
    QStringList lines;
    if (m_shown && !m_shown->source->graph->complete) {
        const auto& notes = m_shown->source->graph->notes;
        lines += tr("Not everything was followed.");
        const auto isOther = [](const auto& note) { return !isAboutOrder(note); };
        const auto first = std::find_if(notes.begin(), notes.end(), isOther);
        if (first != notes.end()) {
            const QString path = shownText(first->path);
            lines += path.isEmpty() ? shownText(first->message) : tr("%1: %2").arg(path, shownText(first->message));
        }
        if (const auto all = std::count_if(notes.begin(), notes.end(), isOther); all > 1) {
            lines += tr("And %n more, listed under Why.", nullptr, static_cast<int>(all) - 1);
        }
    }
    if (m_shown && m_shown->source->graph->onlyThere) {
        lines += orderWords(*m_shown->source->graph);
    }
    if (m_shown && m_shown->fold.squeezed) {
        lines += tr("Much is folded so that it can be read: open a group with Enter, or choose a level at the left.");
    }
    m_notice->setText(lines.join(u' '));
    m_notice->setVisible(!lines.isEmpty());
}

void LineageView::pin()
{
    const auto unit = m_state.current();
    if (!m_shown || unit >= m_shown->scene->nodes().size()) {
        Q_EMIT told(tr("Choose a node first: it is pinned where it stands, or let go."));
    } else if (m_shown->scene->nodes()[unit].pinned) {
        m_state.letGo();
    } else if (m_state.canMove(unit)) {
        m_state.move(unit, m_shown->scene->nodes()[unit].box.center());
    } else {
        Q_EMIT told(tr("What stands in a notebook keeps its place there: fold the notebook to move it."));
    }
}

void LineageView::showViews()
{
    auto* menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    const auto& views = m_state.kept().views;
    for (std::size_t i = 0; i < views.size(); ++i) {
        QString name = shownText(views[i].name.toStdString());
        menu->addAction(name.replace(u'&', QStringLiteral("&&")), this, [this, i] { m_state.showView(i); });
    }
    if (!views.empty()) {
        auto* remove = menu->addMenu(tr("Remove a view"));
        for (std::size_t i = 0; i < views.size(); ++i) {
            QString name = shownText(views[i].name.toStdString());
            remove->addAction(name.replace(u'&', QStringLiteral("&&")), this, [this, i] { m_state.removeView(i); });
        }
        menu->addSeparator();
    }
    menu->addAction(tr("Save this view\u2026"), this, &LineageView::askForName)->setEnabled(m_shown != nullptr);
    menu->addAction(tr("Let all moved nodes go"), this,
            [this] {
                m_state.select({});
                m_state.letGo();
            })
        ->setEnabled(!m_state.kept().pins.empty());
    menu->popup(m_views->mapToGlobal(QPoint(0, m_views->height())));
}

void LineageView::askForName()
{
    auto* dialog = new QInputDialog(this);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setWindowTitle(tr("Save this view"));
    dialog->setLabelText(tr("Name:"));
    connect(dialog, &QInputDialog::textValueSelected, &m_state, &LineageState::saveView);
    dialog->open();
}

QString LineageView::aroundWords() const
{
    const auto& around = m_state.around();
    const auto number = [](std::size_t value) { return QLocale().toString(static_cast<qulonglong>(value)); };
    return tr("Depends on %1, affects %2").arg(number(around.above.size()), number(around.below.size()));
}

QString LineageView::notice() const
{
    return m_notice->text();
}

} // namespace cupel::widgets
