// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/node_panel.h"

#include "widgets/common/buttons.h"
#include "widgets/common/icons.h"
#include "widgets/common/labels.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <map>

namespace cupel::widgets {

namespace {

constexpr std::size_t mostKinds = 30; // operators of a group that are listed

QIcon signIcon(Severity severity)
{
    QPixmap picture(36, 36);
    picture.fill(Qt::transparent);
    QPainter painter(&picture);
    painter.setRenderHint(QPainter::Antialiasing, true);
    paintSeverity(painter, QRectF(0, 0, 36, 36), severity);
    return QIcon(picture);
}

} // namespace

NodePanel::NodePanel(QWidget* parent)
    : QWidget(parent)
    , m_title(new ElidedLabel({}, TextRole::Base, Token::TextPrimary, true, this))
    , m_sign(new QPushButton(this))
    , m_open(new QPushButton(this))
    , m_model({tr("Property"), tr("Value")})
    , m_table(new PlainTable(tr("The chosen operation"), this))
{
    setAccessibleName(tr("The chosen operation"));
    m_table->setModel(&m_model);
    m_table->horizontalHeader()->setStretchLastSection(true);
    setSmall(m_sign);
    m_sign->setFlat(true);
    setSmall(m_open);
    auto* buttons = new QHBoxLayout;
    buttons->setContentsMargins(0, 0, 0, 0);
    buttons->addWidget(m_sign);
    buttons->addWidget(m_open);
    buttons->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 8, 12, 0);
    column->setSpacing(6);
    column->addWidget(m_title);
    column->addLayout(buttons);
    column->addWidget(m_table, 1);
    connect(m_open, &QPushButton::clicked, this, &NodePanel::openRequested);
    connect(m_sign, &QPushButton::clicked, this, &NodePanel::findingRequested);
    show({}, GraphScene::none);
}

void NodePanel::show(const GraphReadingPtr& graph, std::uint32_t node)
{
    const bool chosen = graph && node < graph->folded.nodes.size();
    m_table->setVisible(chosen);
    m_sign->setVisible(chosen && graph->scene->nodes()[node].sign);
    m_open->setVisible(false);
    if (!chosen) {
        m_title->setFullText(tr("Choose an operation"));
        m_model.setRows({});
        return;
    }
    const auto& shown = graph->scene->nodes()[node];
    m_title->setFullText(shown.title);
    if (shown.sign) {
        m_sign->setIcon(signIcon(*shown.sign));
        m_sign->setText(word(*shown.sign));
        m_sign->setAccessibleName(tr("Finding: %1").arg(word(*shown.sign)));
    }
    const auto& folded = graph->folded.nodes[node];
    const bool group = !folded.group.empty();
    m_open->setVisible(group || !graph->folded.around[node].empty());
    m_open->setText(group ? tr("Open the group") : tr("Fold its group"));
    m_open->setIcon(icon(group ? QStringLiteral("unfold-vertical") : QStringLiteral("fold-vertical")));
    if (group) {
        fillGroup(*graph, node);
    } else {
        fill(*graph, folded);
    }
    m_table->setColumnWidth(0, std::max(96, m_table->width() * 2 / 5));
}

void NodePanel::fill(const GraphReading& graph, const FoldedNode& folded)
{
    const auto& source = *graph.source;
    const auto& node = source.graph.nodes[folded.first];
    const ByteRange bytes = source.analysis->facts.toFile(node.bytes);
    std::vector<FactModel::Row> rows;
    const auto add = [&](const QString& name, const std::string& value) {
        if (!value.empty()) {
            rows.push_back({{name, shownText(source.masked(node, value))}, std::nullopt, bytes});
        }
    };
    add(tr("Operator"), node.op);
    add(tr("Name"), node.name);
    add(tr("Domain"), node.domain);
    add(tr("Belongs to"), scopeOf(node));
    if (!node.bytes.empty()) {
        rows.push_back({{tr("Stands at"), offsetText(bytes.start)}, std::nullopt, bytes});
    }
    for (std::size_t i = 0; i < node.inputs.size(); ++i) {
        add(tr("Input %1").arg(i + 1), node.inputs[i]);
    }
    for (std::size_t i = 0; i < node.outputs.size(); ++i) {
        add(tr("Output %1").arg(i + 1), node.outputs[i]);
    }
    for (const auto& attribute : node.attributes) {
        rows.push_back(
            {{shownText(source.masked(node, attribute.name)), shownText(source.masked(node, attribute.value))},
                std::nullopt, bytes});
    }
    m_model.setRows(std::move(rows));
}

void NodePanel::fillGroup(const GraphReading& graph, std::uint32_t number)
{
    const auto& folded = graph.folded.nodes[number];
    const auto& source = *graph.source;
    std::map<std::string, std::uint64_t> kinds;
    std::uint64_t signs = 0;
    for (std::size_t i = 0; i < graph.folded.of.size(); ++i) {
        if (graph.folded.of[i] == number) {
            ++kinds[source.graph.nodes[i].op];
            signs += source.signs[i] ? 1 : 0;
        }
    }
    std::vector<std::pair<std::uint64_t, std::string>> sorted;
    for (const auto& [name, count] : kinds) {
        sorted.emplace_back(count, name);
    }
    std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
    std::vector<FactModel::Row> rows;
    if (!folded.scope.empty()) {
        rows.push_back({{tr("Group"), shownText(source.names(folded.scope))}, std::nullopt, {}});
    }
    rows.push_back({{tr("Operations"), QLocale().toString(folded.operations)}, std::nullopt, {}});
    if (signs > 0) {
        rows.push_back({{tr("With findings"), QLocale().toString(static_cast<qulonglong>(signs))}, std::nullopt, {}});
    }
    for (std::size_t i = 0; i < std::min(sorted.size(), mostKinds); ++i) {
        const QString name =
            sorted[i].second.empty() ? tr("Inputs and outputs") : shownText(source.names(sorted[i].second));
        rows.push_back({{name, QLocale().toString(static_cast<qulonglong>(sorted[i].first))}, std::nullopt, {}});
    }
    m_model.setRows(std::move(rows));
}

} // namespace cupel::widgets
