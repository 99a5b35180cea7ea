// SPDX-License-Identifier: GPL-3.0-or-later
// The filter field: any text parses, spans, problems and completions lie inside it, matching never fails, chips can be
// put in and taken out of any line, and any value can be quoted.
#include "tests/fuzz/fuzz.h"
#include "widgets/models/finding_query.h"
#include "widgets/models/query_completion.h"
#include "widgets/models/query_text.h"

#include <algorithm>

using namespace cupel;

static void checkTerms(const QString& text)
{
    const auto term = QStringLiteral("part:source");
    const auto with = widgets::withQueryTerm(text, term);
    fuzz::must(widgets::hasQueryTerm(with, term), "a chip can be switched on in any line");
    const auto tokens = widgets::cutQuery(text);
    const auto same = std::count_if(tokens.begin(), tokens.end(),
        [&](const auto& token) { return QStringView(text).mid(token.start, token.length) == term; });
    const auto rest = widgets::cutQuery(widgets::withoutQueryTerm(text, term));
    fuzz::must(rest.size() + std::size_t(same) == tokens.size(), "switching a chip off takes away nothing else");
    const auto quoted = widgets::cutQuery(QStringLiteral("file:") + widgets::quoteQueryValue(text));
    fuzz::must(quoted.size() == 1 && quoted.front().values.size() == 1 && quoted.front().values.front().text == text,
        "any value can be quoted");
}

static void checkCompletion(const QString& text, int cursor)
{
    static const widgets::QueryVocabulary vocabulary{{QStringLiteral("CUP-SEC-A"), QStringLiteral("CUP-SEC-B")},
        {QStringLiteral("a b.ipynb"), QStringLiteral("dir/c.py")},
        {QStringLiteral("secret.a"), QStringLiteral("secret.b")}};
    for (const auto& candidate : widgets::completeQuery(text, cursor, vocabulary)) {
        fuzz::must(candidate.start >= 0 && candidate.length >= 0 && candidate.start + candidate.length <= text.size(),
            "a completion replaces what is there");
    }
}

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    const auto text = QString::fromUtf8(
        reinterpret_cast<const char*>(data), static_cast<qsizetype>(std::min<std::size_t>(size, 4'096)));
    const auto query = widgets::FindingQuery::parse(text);
    int end = 0;
    for (const auto& span : query.spans()) {
        fuzz::must(span.start >= end && span.length >= 0 && span.start + span.length <= text.size(),
            "spans are in order and inside");
        end = span.start + span.length;
    }
    const auto& problem = query.problem();
    fuzz::must(problem.start >= 0 && problem.length >= 0 && problem.start + problem.length <= text.size(),
        "the problem has a place");
    fuzz::must(query.isEmpty() || !query.isValid() || !query.echo().isEmpty(), "a valid query can be said in words");
    Finding finding;
    finding.rule = "CUP-SEC-EXAMPLE";
    finding.title = "An example of a title";
    finding.location.artifact = "folder/file.ipynb";
    finding.location.cell = 4;
    (void)query.matches(finding);
    checkTerms(text);
    checkCompletion(text, size > 0 ? static_cast<int>(data[size - 1] % (text.size() + 1)) : 0);
    return 0;
}
