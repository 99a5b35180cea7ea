// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/model/tensor_table.h"

#include "widgets/common/labels.h"
#include "widgets/common/states.h"
#include "widgets/model/tensor_panel.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QLocale>
#include <QtCore/QScopedValueRollback>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QScrollBar>
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

QString shownName(const ModelReading& reading, std::string_view text)
{
    return shownText(reading.names(text));
}

// Its values stand there one by one, or one for all of them: no place holds them and nothing else.
bool isWithinStructure(const ModelTensor& tensor)
{
    return tensor.storedIn.empty() && tensor.bytes.empty() && elementCount(tensor.shape) > 0;
}

} // namespace

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

ByteRange TensorModel::placeOf(std::size_t tensor) const
{
    const auto& reading = m_state.reading();
    return reading && tensor < reading->tensorPlaces.size() ? reading->tensorPlaces[tensor] : ByteRange();
}

int TensorModel::rowOf(std::size_t tensor) const
{
    const auto at = std::find(m_rows.begin(), m_rows.end(), tensor);
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

int TensorModel::rowOf(ByteRange bytes) const
{
    const auto at = std::find_if(
        m_rows.begin(), m_rows.end(), [this, bytes](std::uint32_t row) { return placeOf(row).overlaps(bytes); });
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
        return one->hasData && !isWithinStructure(*one) ? shownSize(formats::sizeOf(*one)) : QString();
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
    m_filter->installEventFilter(this);
    m_table->setModel(&m_model);
    m_table->setTextElideMode(Qt::ElideLeft); // names begin alike and differ in their ends
    m_table->horizontalHeader()->setSortIndicator(-1, Qt::AscendingOrder);
    m_table->horizontalHeader()->setSortIndicatorClearable(true);
    m_table->setSortingEnabled(true);
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
    fitColumns();
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString& words) { m_model.setFilter(words); });
    connect(&m_model, &QAbstractItemModel::modelReset, this, &TensorTable::count);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &TensorTable::keepCurrent);
    connect(&m_model, &QAbstractItemModel::modelReset, this,
        [this] { m_table->setColumnWidth(1, std::max(m_table->columnWidth(1), widestType())); });
    connect(m_table->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &TensorTable::choose);
    // What stands in another member is looked at there.
    connect(m_table, &QAbstractItemView::activated, this, [this](const QModelIndex& index) {
        const auto* tensor = m_model.tensor(index);
        if (tensor && tensor->hasData && !tensor->storedIn.empty()) {
            const std::string& path = m_state.reading()->analysis->artifact.path;
            const auto folder = path.substr(0, path.find_last_of("/!") + 1);
            Q_EMIT m_state.artifactChosen(QString::fromStdString(folder + tensor->storedIn));
        }
    });
    connect(&state, &ModelState::selectionChanged, this, &TensorTable::follow);
    connect(&state, &ModelState::otherShown, m_table, &QTableView::scrollToTop);
    connect(&state, &ModelState::otherShown, m_filter, &QLineEdit::clear); // it was about the other model
    count();
}

void TensorTable::choose(const QModelIndex& index)
{
    const auto number = m_model.number(index);
    m_state.setTensor(number);
    const auto place = number ? m_model.placeOf(*number) : ByteRange();
    if (!place.empty() && !m_choosing) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        Q_EMIT m_state.chosen(place);
    }
}

// Rows in another order, or fewer of them: the tensor that is looked at stays chosen.
void TensorTable::keepCurrent()
{
    if (const auto tensor = m_state.tensor()) {
        mark(m_model.rowOf(*tensor));
    }
}

void TensorTable::mark(int row)
{
    if (row >= 0) {
        const QScopedValueRollback<bool> guard(m_choosing, true);
        m_table->selectionModel()->setCurrentIndex(
            m_model.index(row, 0), QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
        m_table->scrollTo(m_model.index(row, 0));
    }
}

// From the field into the table.
bool TensorTable::eventFilter(QObject* watched, QEvent* event)
{
    if (event->type() == QEvent::KeyPress) {
        const auto* key = static_cast<QKeyEvent*>(event); // the type says so
        const bool down = key->key() == Qt::Key_Down || key->key() == Qt::Key_Return || key->key() == Qt::Key_Enter;
        if (down && m_model.rowCount() > 0) {
            m_table->setFocus(Qt::ShortcutFocusReason);
            if (!m_table->currentIndex().isValid()) {
                m_table->setCurrentIndex(m_model.index(0, 0));
            }
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

// A heading has room for its words and the arrow beside them, whatever the size of text. The name gets what the others
// leave, so that the place is seen too; but it stays readable where there is less.
void TensorTable::fitColumns()
{
    constexpr int widths[] = {420, 60, 84, 72, 72};
    constexpr int narrowestName = 150;
    constexpr int place = 104;
    constexpr int arrow = 16;
    constexpr int margins = 24;
    const QFontMetrics metrics(widgets::font(TextRole::Small, true));
    const auto headed = [&](int column) {
        const QString words = m_model.headerData(column, Qt::Horizontal, Qt::DisplayRole).toString();
        return metrics.horizontalAdvance(words) + arrow + margins;
    };
    int others = zoomed(place);
    for (int i = 1; i < 5; ++i) {
        m_table->setColumnWidth(i, std::max({zoomed(widths[i]), headed(i), i == 1 ? widestType() : 0}));
        others += m_table->columnWidth(i);
    }
    const int least = std::max(zoomed(narrowestName), headed(0));
    // Of this widget: the table is laid out after it. A bar at its right side may come.
    const auto around = layout()->contentsMargins();
    const int room = width() - around.left() - around.right() - m_table->verticalScrollBar()->sizeHint().width();
    m_nameWidth = std::clamp(room - others, least, std::max(least, zoomed(widths[0])));
    m_table->setColumnWidth(0, m_nameWidth);
}

// Types of a file are few, and their ends are cut otherwise: "structured" of NumPy, "nested" of PyTorch.
int TensorTable::widestType() const
{
    constexpr int looked = 200;
    constexpr int most = 140;
    constexpr int margins = 24;
    const QFontMetrics metrics(m_table->font());
    int out = 0;
    for (int row = 0; row < std::min(looked, m_model.rowCount()); ++row) {
        out = std::max(out, metrics.horizontalAdvance(m_model.index(row, 1).data().toString()));
    }
    return std::min(out + margins, zoomed(most));
}

// Where large text leaves room for one of them, rows come before the numbers of one.
void TensorTable::resizeEvent(QResizeEvent* event)
{
    QWidget::resizeEvent(event);
    if (event->size().width() != event->oldSize().width() && m_table->columnWidth(0) == m_nameWidth) {
        fitColumns(); // nobody has set it
    }
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
    mark(m_model.rowOf(m_state.selection()));
}

} // namespace cupel::widgets
