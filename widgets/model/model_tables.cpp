// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/model_tables.h"

#include "analyzers/base/redact.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtGui/QPainter>
#include <QtWidgets/QHeaderView>

#include <algorithm>

namespace cupel::widgets {

namespace {

QString number(std::uint64_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

QString shownName(const ModelReading& reading, std::string_view text)
{
    return shownText(reading.names(text));
}

// A value is masked as a whole where its place is sensitive.
QString shownValue(const ModelReading& reading, const ModelField& field)
{
    return touches(reading.analysis->sensitive, field.bytes)
        ? QString::fromUtf8(maskDots.data(), static_cast<qsizetype>(maskDots.size()))
        : shownName(reading, field.value);
}

constexpr QChar wordEnd(0x200B); // a place without width where a line may end

// Calls can be longer than a column: a line may end behind a bracket, too.
QString breakable(QString text)
{
    for (auto at = text.indexOf(u'('); at >= 0; at = text.indexOf(u'(', at + 2)) {
        text.insert(at + 1, wordEnd);
    }
    return text;
}

} // namespace

FactModel::FactModel(QStringList heads, QObject* parent)
    : QAbstractTableModel(parent)
    , m_heads(std::move(heads))
{
}

void FactModel::setRows(std::vector<Row> rows)
{
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

const FactModel::Row* FactModel::at(int row) const
{
    return row >= 0 && row < rowCount() ? &m_rows[static_cast<std::size_t>(row)] : nullptr;
}

int FactModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FactModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_heads.size());
}

QVariant FactModel::data(const QModelIndex& index, int role) const
{
    const Row* row = index.isValid() ? at(index.row()) : nullptr;
    if (!row || index.column() >= row->cells.size()) {
        return {};
    }
    switch (role) {
    case Qt::DisplayRole:
        return m_breaks ? breakable(row->cells[index.column()]) : row->cells[index.column()];
    case Qt::ToolTipRole:
        return row->cells[index.column()];
    case Qt::AccessibleTextRole:
        return index.column() == 0 && row->sign ? word(*row->sign) + QStringLiteral(", ") + row->cells[0]
                                                : row->cells[index.column()];
    case Qt::FontRole:
        return font(index.column() == 0 ? TextRole::CodeSmall : TextRole::Small);
    case Qt::DecorationRole:
        if (index.column() == 0 && row->sign) {
            QPixmap sign(QSize(32, 32));
            sign.setDevicePixelRatio(2);
            sign.fill(Qt::transparent);
            QPainter painter(&sign);
            painter.setRenderHint(QPainter::Antialiasing);
            paintSeverity(painter, QRectF(1, 1, 14, 14), *row->sign);
            return sign;
        }
        return {};
    default:
        return {};
    }
}

QVariant FactModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    const bool mine = orientation == Qt::Horizontal && section >= 0 && section < m_heads.size();
    if (mine && role == Qt::TextAlignmentRole) {
        return QVariant::fromValue<Qt::Alignment>(Qt::AlignVCenter | Qt::AlignLeft);
    }
    return mine && role == Qt::DisplayRole ? QVariant(m_heads[section]) : QVariant();
}

FactTable::FactTable(ModelState& state, const QString& accessibleName, QStringList heads, Fill fill, QWidget* parent)
    : PlainTable(accessibleName, parent)
    , m_state(state)
    , m_model(std::move(heads))
    , m_fill(fill)
{
    setModel(&m_model);
    const auto refill = [this] {
        const auto& reading = m_state.reading();
        m_model.setRows(reading ? m_fill(*reading) : std::vector<FactModel::Row>());
        fitColumns();
    };
    connect(&state, &ModelState::readingChanged, this, refill);
    connect(&state, &ModelState::otherShown, this, &FactTable::scrollToTop);
    refill();
    connect(selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        const auto* row = m_model.at(index.row());
        if (row && !row->bytes.empty()) {
            Q_EMIT m_state.chosen(row->bytes);
        }
    });
    connect(this, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        const auto* row = m_model.at(index.row());
        if (row && !row->path.empty()) {
            Q_EMIT m_state.artifactChosen(QString::fromStdString(row->path));
        } else if (row) {
            Q_EMIT opened(index.row());
        }
    });
}

void FactTable::setWraps()
{
    m_wraps = true;
    m_model.setBreaks();
    setWordWrap(true);
    setTextElideMode(Qt::ElideNone);
    setVerticalScrollMode(ScrollPerPixel);
    fitColumns();
}

void FactTable::resizeEvent(QResizeEvent* event)
{
    PlainTable::resizeEvent(event);
    if (m_wraps) {
        fitColumns();
    }
}

// No word is cut; what is left goes to those that want more, by how much more they want.
void FactTable::fitWrapped()
{
    constexpr int around = 16;
    constexpr int signWidth = 24; // in the first column
    const int columns = m_model.columnCount();
    std::vector<int> least;
    std::vector<int> wanted;
    int leastSum = 0;
    int more = 0;
    for (int column = 0; column < columns; ++column) {
        int word = horizontalHeader()->sectionSizeHint(column);
        int line = word;
        const QFontMetrics metrics(m_model.index(0, column).data(Qt::FontRole).value<QFont>());
        for (int row = 0; row < m_model.rowCount(); ++row) {
            QString text = m_model.index(row, column).data().toString();
            const int sign = column == 0 && m_model.at(row)->sign ? signWidth : 0;
            line = std::max(line, metrics.horizontalAdvance(text) + sign);
            for (const QString& one : text.replace(wordEnd, u' ').split(u' ')) {
                word = std::max(word, metrics.horizontalAdvance(one) + sign);
            }
        }
        least.push_back(word + around);
        wanted.push_back(line + around);
        leastSum += least.back();
        more += wanted.back() - least.back();
    }
    const int left = std::max(0, std::min(more, viewport()->width() - leastSum));
    for (std::size_t i = 0; i < least.size(); ++i) {
        const int share = more == 0 ? 0 : left * (wanted[i] - least[i]) / more;
        setColumnWidth(static_cast<int>(i), least[i] + share);
    }
    constexpr int aboveAndBelow = 10;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        setRowHeight(row, std::max(verticalHeader()->defaultSectionSize(), sizeHintForRow(row) + aboveAndBelow));
    }
}

// By the rows that are seen first: all of a long list would take too long.
void FactTable::fitColumns()
{
    if (m_wraps) {
        fitWrapped();
        return;
    }
    constexpr int widest = 420;
    constexpr int looked = 60;
    horizontalHeader()->setResizeContentsPrecision(looked);
    const int last = m_model.columnCount() - 1;
    int sum = last > 0 ? horizontalHeader()->sectionSizeHint(last) : 0;
    for (int column = 0; column < last; ++column) {
        resizeColumnToContents(column);
        setColumnWidth(column, std::min(columnWidth(column) + 16, zoomed(widest)));
        sum += columnWidth(column);
    }
    // Names give way before the rest has to be scrolled to; a tooltip has them whole.
    constexpr int narrowestName = 160;
    if (const int excess = sum - viewport()->width(); last > 0 && excess > 0) {
        setColumnWidth(0, std::max(std::min(columnWidth(0), zoomed(narrowestName)), columnWidth(0) - excess));
    }
}

std::vector<FactModel::Row> memberRows(const ModelReading& reading)
{
    std::vector<FactModel::Row> rows;
    for (const auto& one : reading.members) {
        rows.push_back({{one.name, one.kind, one.tensors == 0 ? QString() : number(one.tensors), shownSize(one.size),
                            one.complete ? FactTable::tr("whole") : FactTable::tr("in part")},
            one.worst, {}, one.path});
    }
    return rows;
}

std::vector<FactModel::Row> metadataRows(const ModelReading& reading)
{
    std::vector<FactModel::Row> rows;
    if (const auto* content = reading.content()) {
        for (const auto& field : content->metadata) {
            const auto* mark = reading.markAt(field.bytes);
            rows.push_back({{shownName(reading, field.key), shownValue(reading, field)},
                mark ? std::optional(mark->severity) : std::nullopt, field.bytes});
        }
    }
    return rows;
}

std::vector<FactModel::Row> operatorRows(const ModelReading& reading)
{
    std::vector<FactModel::Row> rows;
    if (const auto* content = reading.content()) {
        for (const auto& one : content->operators) {
            const auto* mark = reading.markAt(one.bytes);
            rows.push_back({{shownName(reading, one.name), shownName(reading, one.domain), number(one.count)},
                mark ? std::optional(mark->severity) : std::nullopt, one.bytes});
        }
    }
    return rows;
}

std::vector<FactModel::Row> importRows(const ModelReading& reading)
{
    std::vector<FactModel::Row> rows;
    for (const auto& one : reading.imports) {
        rows.push_back({{one.name, one.verdict, one.how, number(one.count)}, one.severity, one.bytes});
    }
    return rows;
}

std::vector<FactModel::Row> loaderRows(const ModelReading& reading)
{
    std::vector<FactModel::Row> rows;
    for (const auto& one : reading.loaders) {
        rows.push_back({{one.loader, one.verdict, one.why, one.risks}, one.severity, {}});
    }
    return rows;
}

std::vector<FactModel::Row> referenceRows(const ModelReading& reading)
{
    std::vector<FactModel::Row> rows;
    if (const auto* content = reading.content()) {
        for (const auto& one : content->references) {
            const auto* mark = reading.markAt(one.bytes);
            rows.push_back({{shownName(reading, one.target), shownText(one.what)},
                mark ? std::optional(mark->severity) : std::nullopt, one.bytes});
        }
    }
    return rows;
}

} // namespace cupel::widgets
