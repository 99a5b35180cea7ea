// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/session/recent_words.h"

#include "widgets/findings/checked_words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace cupel::app {

namespace {

struct Words {
    Q_DECLARE_TR_FUNCTIONS(RecentWords)
};

bool isUnder(const QString& path, const QString& root)
{
    return path == root || (path.startsWith(root) && (path[root.size()] == u'/' || path[root.size()] == u'!'));
}

} // namespace

Workspace partUnder(const Workspace& workspace, const QString& root)
{
    Workspace part;
    for (const auto& [path, analysis] : workspace.analyses) {
        if (isUnder(QString::fromStdString(path), root)) {
            part.analyses.emplace(path, analysis);
        }
    }
    return part;
}

QString notJudgedIn(const Workspace& part, const review::LookedAt& lookedAt)
{
    QStringList words{widgets::notJudgedWords(part)};
    if (const QString pictures = widgets::waitingPictures(part, lookedAt); !pictures.isEmpty()) {
        words += Words::tr("%1 (Images, Ctrl+8)", "3 pictures wait for a person's eyes").arg(pictures);
    }
    words.removeAll(QString());
    return words.join(QStringLiteral("; "));
}

} // namespace cupel::app
