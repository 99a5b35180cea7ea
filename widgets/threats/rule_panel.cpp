// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/threats/rule_panel.h"

#include "widgets/common/buttons.h"
#include "widgets/common/fact_rows.h"
#include "widgets/common/labels.h"
#include "widgets/models/shown_text.h"

#include <QtCore/QSignalBlocker>
#include <QtWidgets/QComboBox>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QScrollArea>
#include <QtWidgets/QSpinBox>
#include <QtWidgets/QVBoxLayout>

#include <utility>

namespace cupel::widgets {

namespace {

constexpr int longestTitle = 200;

Label* quiet(const QString& text, QWidget* parent)
{
    auto* label = new Label(text, TextRole::Small, Token::TextSecondary, false, parent);
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

} // namespace

RulePanel::RulePanel(ThreatState& state, RuleBench& bench, QWidget* parent)
    : View(parent)
    , m_state(state)
    , m_bench(bench)
{
    setAccessibleName(tr("Rules of your own"));
    setFocusPolicy(Qt::NoFocus);
    auto* area = new QScrollArea(this);
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    area->setFocusPolicy(Qt::NoFocus);
    QWidget* content = makeContent();
    area->setWidget(content);
    area->viewport()->setAutoFillBackground(false);
    content->setAutoFillBackground(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(area);
    m_rest.setSingleShot(true);
    m_rest.setInterval(150);
    m_rest.callOnTimeout(this, &RulePanel::ask);
    connect(&bench, &RuleBench::packsChanged, this, &RulePanel::listPacks);
    connect(&bench, &RuleBench::tried, this, &RulePanel::showTrial);
    connect(&bench, &RuleBench::added, this, [this] { m_title->clear(); });
    listPacks();
    showTrial();
}

void RulePanel::takeFocus()
{
    m_condition->setFocus(Qt::ShortcutFocusReason);
}

QWidget* RulePanel::makeContent()
{
    auto* content = new QWidget;
    auto* column = new QVBoxLayout(content);
    column->setContentsMargins(12, 8, 12, 12);
    column->setSpacing(6);
    column->addWidget(new SectionLabel(tr("Try a rule on this model"), content));
    addTrial(column);
    column->addWidget(new SectionLabel(tr("Add it to a pack"), content));
    addForm(column);
    column->addWidget(new SectionLabel(tr("Packs of this folder"), content));
    m_packs = new QWidget(content);
    auto* packs = new QVBoxLayout(m_packs);
    packs->setContentsMargins(0, 0, 0, 0);
    packs->setSpacing(4);
    column->addWidget(m_packs);
    column->addStretch(1);
    return content;
}

void RulePanel::addTrial(QVBoxLayout* column)
{
    m_scope = new QComboBox;
    m_scope->setAccessibleName(tr("What the rule is asked of"));
    for (const auto& [text, word] : {std::pair{tr("Each element of a kind"), "element"},
             {tr("Each flow at a kind"), "interaction"}, {tr("Each flow"), "flow"}, {tr("The whole model"), "model"}}) {
        m_scope->addItem(text, QString::fromLatin1(word));
    }
    m_kind = new QComboBox;
    m_kind->setAccessibleName(tr("Kind of the elements it looks at"));
    for (const auto& kind : threats::ruleKinds()) {
        m_kind->addItem(kindWord(kind), QString::fromStdString(kind));
    }
    m_kind->setCurrentIndex(m_kind->findData(QStringLiteral("dataset")));
    for (auto* box : {m_scope, m_kind}) {
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        box->setMinimumContentsLength(12);
        column->addWidget(box);
        connect(box, &QComboBox::currentIndexChanged, this, [this] { m_rest.start(); });
    }
    m_condition = new QPlainTextEdit;
    m_condition->setAccessibleName(tr("Condition"));
    m_condition->setPlaceholderText(tr("pii and not encrypted_at_rest"));
    m_condition->setTabChangesFocus(true);
    m_condition->setFixedHeight(fontMetrics().lineSpacing() * 4);
    m_condition->setToolTip(plainToolTip(
        tr("Attributes, and, or, not, in (a, b), any input (kind = dataset), path(a to b), crosses(internet)")));
    column->addWidget(m_condition);
    connect(m_condition, &QPlainTextEdit::textChanged, this, [this] { m_rest.start(); });
    m_verdict = quiet({}, nullptr);
    column->addWidget(m_verdict);
    m_hits = new FactRows(tr("Where the rule fires, and why"));
    m_hits->setMinimumHeight(120);
    column->addWidget(m_hits);
    connect(m_hits, &FactRows::chosen, this, [this](int row) {
        const auto at = static_cast<std::size_t>(row);
        if (at < m_parts.size() && !m_parts[at].empty()) {
            m_state.selectPart(m_parts[at]);
        }
    });
}

void RulePanel::addForm(QVBoxLayout* column)
{
    m_title = new QLineEdit;
    m_title->setMaxLength(longestTitle);
    m_title->setPlaceholderText(tr("Title of the threat"));
    m_happens = new QLineEdit;
    m_happens->setMaxLength(longestTitle * 4);
    m_happens->setPlaceholderText(tr("What would happen"));
    for (auto* line : {m_title, m_happens}) {
        line->setAccessibleName(line->placeholderText());
        column->addWidget(line);
    }
    auto* steps = new QHBoxLayout;
    const auto step = [&](const QString& text) {
        auto* box = new QSpinBox;
        box->setRange(1, 5);
        box->setValue(3);
        box->setPrefix(text + u' ');
        box->setAccessibleName(text);
        steps->addWidget(box, 1);
        return box;
    };
    m_likelihood = step(tr("Likelihood"));
    m_impact = step(tr("Impact"));
    column->addLayout(steps);
    m_pack = new QComboBox;
    m_pack->setEditable(true);
    m_pack->setAccessibleName(tr("Pack"));
    m_pack->setEditText(QStringLiteral("own"));
    m_add = new QPushButton(tr("Add the rule"));
    auto* row = new QHBoxLayout;
    row->addWidget(m_pack, 1);
    row->addWidget(m_add);
    column->addLayout(row);
    connect(m_add, &QPushButton::clicked, this, [this] { m_bench.add(draft(), m_pack->currentText()); });
}

threats::RuleDraft RulePanel::draft() const
{
    threats::RuleDraft out;
    out.scope = m_scope->currentData().toString().toStdString();
    out.kind = out.scope == "flow" ? "data-flow" : m_kind->currentData().toString().toStdString();
    out.condition = m_condition->toPlainText().simplified().toStdString();
    out.title = m_title->text().simplified().toStdString();
    out.happens = m_happens->text().simplified().toStdString();
    out.likelihood = m_likelihood->value();
    out.impact = m_impact->value();
    return out;
}

void RulePanel::ask()
{
    m_kind->setEnabled(m_scope->currentData().toString() != QStringLiteral("flow"));
    m_bench.ask(draft());
}

void RulePanel::showTrial()
{
    const RuleTrial& trial = m_bench.trial();
    const bool empty = m_condition->toPlainText().simplified().isEmpty();
    m_verdict->setText(empty           ? tr("Write a condition: it is tried as you type.")
            : !trial.trouble.isEmpty() ? shownText(trial.trouble.toStdString())
            : trial.hits.empty()       ? tr("It fires nowhere in this model.")
                                       : tr("It fires at %n place(s).", nullptr, static_cast<int>(trial.hits.size())));
    std::vector<FactRow> rows;
    m_parts.clear();
    for (const RuleHit& hit : empty ? std::vector<RuleHit>() : trial.hits) {
        FactRow row;
        row.title = hit.part.empty() ? tr("The whole model") : m_state.nameOf(hit.part);
        QStringList why;
        for (const auto& reason : hit.why) {
            why += tr("%1: %2").arg(reasonWord(reason), valueWord(reason.key, reason.value));
        }
        row.detail = why.join(QStringLiteral("; "));
        row.right = hit.evidence != threats::EvidenceState::Unknown ? word(hit.evidence)
            : hit.assumed                                           ? tr("assumed")
                                                                    : QString();
        rows.push_back(std::move(row));
        m_parts.push_back(hit.part);
    }
    m_hits->setFacts(std::move(rows));
}

// Those that came with the folder are asked only once somebody says so.
void RulePanel::listPacks()
{
    qDeleteAll(m_packs->findChildren<QWidget*>(Qt::FindDirectChildrenOnly));
    const QString chosen = m_pack->currentText();
    const QSignalBlocker silent(m_pack);
    m_pack->clear();
    for (const RulePackInfo& pack : m_bench.packs()) {
        const QString rules = tr("%n rule(s)", nullptr, pack.rules);
        m_packs->layout()->addWidget(
            quiet(pack.counts ? tr("%1: %2").arg(pack.name, rules)
                              : tr("%1: %2, not asked: it came with the folder").arg(pack.name, rules),
                m_packs));
        for (const QString& trouble : pack.troubles) {
            m_packs->layout()->addWidget(quiet(shownText(trouble.toStdString()), m_packs));
        }
        if (pack.counts) {
            m_pack->addItem(pack.name.chopped(4));
        } else if (!pack.key.isEmpty()) {
            auto* use = new QPushButton(tr("Use %1").arg(pack.name), m_packs);
            setSmall(use);
            m_packs->layout()->addWidget(use);
            connect(use, &QPushButton::clicked, this, [this, name = pack.name] { m_bench.use(name); });
        }
    }
    if (m_bench.packs().empty()) {
        m_packs->layout()->addWidget(
            quiet(tr("None yet. Packs are tables in .cupel/threat-rules; \u201cAdd the rule\u201d makes the first."),
                m_packs));
    }
    m_pack->setEditText(chosen.isEmpty() ? QStringLiteral("own") : chosen);
}

QString RulePanel::verdict() const
{
    return m_verdict->text();
}

QString RulePanel::packsText() const
{
    QStringList out;
    for (const auto* label : m_packs->findChildren<Label*>()) {
        out += label->text();
    }
    return out.join(u'\n');
}

QPushButton* RulePanel::use() const
{
    return m_packs->findChild<QPushButton*>();
}

} // namespace cupel::widgets
