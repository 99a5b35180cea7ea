// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/model_tables.h"

#include "analyzers/base/redact.h"
#include "widgets/common/labels.h"
#include "widgets/common/paint.h"
#include "widgets/common/severity.h"
#include "widgets/common/states.h"
#include "widgets/model/tensor_panel.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
#include <QtGui/QPainter>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <array>
#include <numeric>

namespace cupel::widgets {

namespace {

QString number(std::uint64_t value)
{
    return QLocale().toString(static_cast<qulonglong>(value));
}

// Its values stand there one by one, or one for all of them: no place holds them and nothing else.
bool isWithinStructure(const ModelTensor& tensor)
{
    return tensor.storedIn.empty() && tensor.bytes.empty() && elementCount(tensor.shape) > 0;
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

} // namespace

// Tensors

TensorModel::TensorModel(ModelState& state, QObject* parent)
    : QAbstractTableModel(parent)
    , m_state(state)
{
    connect(&state, &ModelState::readingChanged, this, &TensorModel::arrange);
    arrange();
}

int TensorModel::rowCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TensorModel::columnCount(const QModelIndex& parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(TensorColumn::Count);
}

void TensorModel::sort(int column, Qt::SortOrder order)
{
    m_column = column;
    m_order = order;
    arrange();
}

void TensorModel::setFilter(const QString& words)
{
    m_words = words.toLower().split(u' ', Qt::SkipEmptyParts);
    arrange();
}

void TensorModel::arrange()
{
    beginResetModel();
    m_rows.clear();
    const auto& reading = m_state.reading();
    if (reading && reading->content()) {
        const bool sorted = m_column >= 0 && m_column < columnCount();
        if (sorted) {
            m_rows = reading->tensorOrders[static_cast<std::size_t>(m_column)];
            if (m_order == Qt::DescendingOrder) {
                std::reverse(m_rows.begin(), m_rows.end());
            }
        } else {
            m_rows.resize(reading->content()->tensors.size());
            std::iota(m_rows.begin(), m_rows.end(), 0U);
        }
        for (const QString& one : m_words) {
            const std::string wanted = one.toStdString();
            std::erase_if(
                m_rows, [&](std::uint32_t row) { return reading->tensorKeys[row].find(wanted) == std::string::npos; });
        }
    }
    endResetModel();
}

std::optional<std::size_t> TensorModel::number(const QModelIndex& index) const
{
    const auto& reading = m_state.reading();
    const auto row = static_cast<std::size_t>(index.row());
    const bool inside = index.isValid() && reading && reading->content() && row < m_rows.size()
        && m_rows[row] < reading->content()->tensors.size();
    return inside ? std::optional<std::size_t>(m_rows[row]) : std::nullopt;
}

const ModelTensor* TensorModel::tensor(const QModelIndex& index) const
{
    const auto at = number(index);
    return at ? &m_state.reading()->content()->tensors[*at] : nullptr;
}

int TensorModel::rowOf(ByteRange bytes) const
{
    const auto& reading = m_state.reading();
    if (!reading || !reading->content()) {
        return -1;
    }
    const auto& tensors = reading->content()->tensors;
    const auto at = std::find_if(m_rows.begin(), m_rows.end(),
        [&](std::uint32_t row) { return tensors[row].storedIn.empty() && tensors[row].bytes.overlaps(bytes); });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

QVariant TensorModel::data(const QModelIndex& index, int role) const
{
    const auto* one = tensor(index);
    if (!one) {
        return {};
    }
    const auto column = static_cast<TensorColumn>(index.column());
    const bool numeric = column == TensorColumn::Elements || column == TensorColumn::Bytes;
    if (role == Qt::TextAlignmentRole) {
        return QVariant::fromValue<Qt::Alignment>(Qt::AlignVCenter | (numeric ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role == Qt::FontRole) {
        return font(column == TensorColumn::Name ? TextRole::CodeSmall : TextRole::Small);
    }
    if (role != Qt::DisplayRole && role != Qt::ToolTipRole) {
        return {};
    }
    const auto& reading = *m_state.reading();
    switch (column) {
    case TensorColumn::Name:
        return one->name.empty() ? tr("(without a name)") : shownName(reading, one->name);
    case TensorColumn::Type:
        return shownName(reading, one->dtype);
    case TensorColumn::Shape:
        return shapeText(one->shape);
    case TensorColumn::Elements:
        return one->hasData ? cupel::widgets::number(elementCount(one->shape)) : QString();
    case TensorColumn::Bytes:
        return one->hasData && !isWithinStructure(*one) ? shownSize(one->bytes.size()) : QString();
    case TensorColumn::Place:
        if (!one->hasData) {
            return tr("no data");
        }
        if (isWithinStructure(*one)) {
            return tr("in the structure");
        }
        // Of a container's members by their place in it.
        return one->storedIn.empty()
            ? offsetText(one->bytes.start)
            : shownName(reading, reading.gathered ? one->storedIn.substr(one->storedIn.find('!') + 1) : one->storedIn);
    case TensorColumn::Count:
        break;
    }
    return {};
}

QVariant TensorModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal) {
        return {};
    }
    const auto column = static_cast<TensorColumn>(section);
    if (role == Qt::TextAlignmentRole) {
        const bool numeric = column == TensorColumn::Elements || column == TensorColumn::Bytes;
        return QVariant::fromValue<Qt::Alignment>(Qt::AlignVCenter | (numeric ? Qt::AlignRight : Qt::AlignLeft));
    }
    if (role != Qt::DisplayRole) {
        return {};
    }
    // In the order of TensorColumn.
    static constexpr std::array heads{QT_TR_NOOP("Tensor"), QT_TR_NOOP("Type"), QT_TR_NOOP("Shape"),
        QT_TR_NOOP("Values"), QT_TR_NOOP("Size"), QT_TR_NOOP("Place")};
    return static_cast<std::size_t>(section) < heads.size() ? tr(heads[static_cast<std::size_t>(section)]) : QString();
}

// Facts

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

TensorTable::TensorTable(ModelState& state, QWidget* parent)
    : QWidget(parent)
    , m_state(state)
    , m_model(state)
    , m_filter(new QLineEdit(this))
    , m_count(new Label({}, TextRole::Small, Token::TextMuted, false, this))
    , m_table(new PlainTable(tr("Tensors"), this))
{
    m_filter->setPlaceholderText(tr("Find a tensor by its name"));
    m_filter->setAccessibleName(tr("Find a tensor by its name"));
    m_filter->setClearButtonEnabled(true);
    m_filter->setMaximumWidth(360);
    m_table->setModel(&m_model);
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
    fitColumns();
    m_none = new EmptyState(QStringLiteral("list-filter"), this);
    m_none->hide();
    connect(m_none, &StateCard::activated, m_filter, &QLineEdit::clear);
    auto* top = new QHBoxLayout;
    top->setContentsMargins(4, 8, 4, 4);
    top->setSpacing(12);
    top->addWidget(m_filter, 1);
    top->addWidget(m_count);
    top->addStretch(1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(12, 0, 12, 0);
    column->setSpacing(0);
    column->addLayout(top);
    column->addWidget(m_none, 1, Qt::AlignTop);
    column->addWidget(m_table, 1);
    m_panel = new QWidget(this);
    auto* panel = new QVBoxLayout(m_panel);
    panel->setContentsMargins(0, 0, 0, 0);
    panel->addWidget(new TensorPanel(state, m_panel));
    column->addWidget(m_panel);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& words) { m_model.setFilter(words); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &TensorTable::count);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, [this](const QModelIndex& index) {
        const auto* tensor = m_model.tensor(index);
        m_state.setTensor(m_model.number(index));
        if (tensor && tensor->hasData && tensor->storedIn.empty() && !m_choosing) {
            const QScopedValueRollback<bool> guard(m_choosing, true);
            Q_EMIT m_state.chosen(tensor->bytes);
        }
    });
    connect(&state, &ModelState::selectionChanged, this, &TensorTable::follow);
    connect(&state, &ModelState::otherShown, m_table, &QTableView::scrollToTop);
    count();
}

// A heading has room for its words and the arrow beside them, whatever the size of text.
void TensorTable::fitColumns()
{
    constexpr int widths[] = {208, 64, 120, 90, 80};
    const auto* header = m_table->horizontalHeader();
    for (int i = 0; i < 5; ++i) {
        m_table->setColumnWidth(i, std::max(zoomed(widths[i]), header->sectionSizeHint(i)));
    }
}

// Where large text leaves room for one of them, rows come before the numbers of one.
void TensorTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    const int row = m_table->verticalHeader()->defaultSectionSize();
    const int rest = m_filter->sizeHint().height() + m_table->horizontalHeader()->sizeHint().height() + 3 * row;
    m_panel->setVisible(height() >= rest + m_panel->sizeHint().height());
}

bool TensorTable::event(QEvent* event)
{
    if (event->type() == QEvent::StyleChange) {
        fitColumns();
    }
    return QWidget::event(event);
}

void TensorTable::count()
{
    const auto& reading = m_state.reading();
    const auto* content = reading ? reading->content() : nullptr;
    if (!content) {
        m_count->setText({});
        return;
    }
    const bool none = m_model.rowCount() == 0 && !m_filter->text().isEmpty();
    m_none->setVisible(none);
    m_table->setVisible(!none);
    if (none) {
        m_none->setState(tr("No tensor matches"),
            tr("None of the %n tensor(s) has these words in its name.", nullptr,
                static_cast<int>(std::min<std::uint64_t>(content->tensors.size(), 2'000'000'000))),
            tr("Show all"));
    }
    const bool cut = content->tensors.size() < content->tensorCount;
    m_count->setText(cut
            ? tr("%1 of %2, the first that fit")
                  .arg(number(static_cast<std::uint64_t>(m_model.rowCount())), number(content->tensorCount))
            : tr("%1 of %2").arg(number(static_cast<std::uint64_t>(m_model.rowCount())), number(content->tensorCount)));
}

void TensorTable::follow()
{
    if (m_choosing || m_state.selection().empty()) {
        return;
    }
    if (const int row = m_model.rowOf(m_state.selection()); row >= 0) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        m_table->selectionModel()->setCurrentIndex(
            m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->scrollTo(m_model.index(row, 0));
    }
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
        }
    });
}

// By the rows that are seen first: all of a long list would take too long.
void FactTable::fitColumns()
{
    constexpr int widest = 420;
    constexpr int looked = 60;
    horizontalHeader()->setResizeContentsPrecision(looked);
    for (int column = 0; column + 1 < m_model.columnCount(); ++column) {
        resizeColumnToContents(column);
        setColumnWidth(column, std::min(columnWidth(column) + 16, widest));
    }
}

std::vector<FactModel::Row> memberRows(const ModelReading& reading)
{
    std::vector<FactModel::Row> rows;
    for (const auto& one : reading.members) {
        rows.push_back({{one.name, one.kind, one.tensors == 0 ? QString() : number(one.tensors), shownSize(one.size),
                            one.complete ? QString() : FactTable::tr("in part")},
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
